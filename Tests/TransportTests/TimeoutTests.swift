import Standins
import Testing
import Transport

/// In each test one phase alone is short: had another ended the request, it would take a minute.
@Suite(.timeLimit(.minutes(1)))
struct TimeoutTests {
  private static let long = 120_000
  private static let short = 100
  private let local = "127.0.0.1"

  private func timeouts(
    connectMs: Int = long, tlsMs: Int = long, firstByteMs: Int = long, stallMs: Int = long
  ) -> HTTPRequest.Timeouts {
    HTTPRequest.Timeouts(
      connectMs: connectMs, tlsMs: tlsMs, firstByteMs: firstByteMs, stallMs: stallMs,
      totalMs: Self.long)
  }

  @Test func `connecting too long is a timeout before sending`() async throws {
    let full = try FullPort()
    let client = HTTPClient()
    let failure = try await client.failure(
      of: HTTPRequest(
        method: .post, url: "http://127.0.0.1:\(full.port)/",
        timeouts: timeouts(connectMs: Self.short)))
    #expect(failure == .timedOutBeforeSending(host: local))
    await client.shutdown()
  }

  @Test func `a TLS handshake that takes too long is a timeout before sending`() async throws {
    try await withServer(FaultyServer.silent) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(
          method: .post, url: "https://127.0.0.1:\(server.port)/",
          timeouts: timeouts(tlsMs: Self.short)))
      #expect(failure == .timedOutBeforeSending(host: local))
    }
  }

  @Test func `a handshake may take longer than connecting`() async throws {
    let authority = try TestAuthority()
    let identity = try authority.identity()
    let script: FaultyServer.Script = { connection in
      guard !connection.isGone(withinMs: 400), let secured = connection.secured(by: identity)
      else { return }
      FaultyServer.multiplexing(1)(secured)
    }
    let server = try FaultyServer(script)
    defer { server.stop() }
    let client = HTTPClient(caFile: authority.file)
    let response = try await client.send(
      HTTPRequest(
        url: "https://127.0.0.1:\(server.port)/", timeouts: timeouts(connectMs: Self.short)))
    #expect(response.status == 200)
    await client.shutdown()
  }

  @Test func `a peer that takes the request and says nothing leaves the outcome unknown`()
    async throws
  {
    try await withServer(FaultyServer.silent) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(
          method: .post, url: server.url, timeouts: timeouts(firstByteMs: Self.short)))
      #expect(failure == .outcomeUnknown(host: local, .timedOut))
    }
  }

  private static let stalling: FaultyServer.Script = { connection in
    guard connection.readRequest() != nil else { return }
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf an ans")
    connection.waitForPeerToClose()
  }

  @Test func `an answer that stalls leaves the outcome unknown`() async throws {
    try await withServer(Self.stalling) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: server.url, timeouts: timeouts(stallMs: Self.short)))
      #expect(failure == .outcomeUnknown(host: local, .timedOut))
    }
  }

  @Test func `a peer that does not take the body leaves the outcome unknown`() async throws {
    let script: FaultyServer.Script = { connection in
      while !connection.isGone(withinMs: 10) {}
    }
    try await withServer(script) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(
          method: .post, url: server.url, body: Array(repeating: 0, count: 32 << 20),
          timeouts: timeouts(stallMs: 300)))
      #expect(failure == .outcomeUnknown(host: local, .timedOut))
    }
  }

  @Test func `an answer that keeps moving is not stalled, however long it takes`() async throws {
    let pieces = 20
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(pieces)\r\n\r\n")
      for _ in 1...pieces where connection.pause(milliseconds: 30) { connection.write("a") }
    }
    try await withServer(script) { server, client in
      let response = try await client.send(
        HTTPRequest(url: server.url, timeouts: timeouts(firstByteMs: 300, stallMs: 300)))
      #expect(response.body.count == pieces)
    }
  }

  @Test func `what a request does not say, the client's own timeouts do`() async throws {
    let server = try FaultyServer(FaultyServer.silent)
    defer { server.stop() }
    let client = HTTPClient(timeouts: .init(totalMs: Self.short))
    let failure = try await client.failure(of: HTTPRequest(url: server.url))
    #expect(failure == .outcomeUnknown(host: local, .timedOut))
    await client.shutdown()
  }
}
