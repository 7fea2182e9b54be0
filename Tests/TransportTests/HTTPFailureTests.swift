import Standins
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPFailureTests {
  private let local = "127.0.0.1"

  @Test func `a port where nobody listens could not be reached`() async throws {
    let server = try FaultyServer(FaultyServer.closingAtOnce)
    let url = server.url
    server.stop()
    let client = HTTPClient()
    // The listener is closed by its own thread: connections may be accepted until then.
    var failure = try await client.failure(of: HTTPRequest(url: url))
    while failure.mayHaveReachedPeer { failure = try await client.failure(of: .init(url: url)) }
    #expect(failure == .couldNotReach(host: local, .connection))
    await client.shutdown()
  }

  @Test func `a name that does not exist could not be reached`() async throws {
    let client = HTTPClient()
    let failure = try await client.failure(
      of: HTTPRequest(url: "http://\(impossibleName)/bot123:SECRET/getMe"))
    #expect(failure == .couldNotReach(host: impossibleName, .nameResolution))
    await client.shutdown()
  }

  @Test func `a server without TLS could not be reached over https`() async throws {
    let script: FaultyServer.Script = { connection in
      _ = connection.read(max: 4_096)
      connection.answer("400 Bad Request")
    }
    try await withServer(script) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: "https://127.0.0.1:\(server.port)/"))
      #expect(failure == .couldNotReach(host: local, .security))
    }
  }

  @Test func `waiting too long for TLS is a timeout before sending`() async throws {
    try await withServer(FaultyServer.silent) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(
          url: "https://127.0.0.1:\(server.port)/", timeouts: .init(tlsMs: 100)))
      #expect(failure == .timedOutBeforeSending(host: local))
    }
  }

  @Test(arguments: [
    HTTPClient.Limits(connectionsPerHostMax: 1), HTTPClient.Limits(runningMax: 1),
  ])
  func `waiting too long for a free connection is a timeout before sending`(
    limits: HTTPClient.Limits
  ) async throws {
    let (arrived, signal) = AsyncStream<Void>.makeStream()
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      signal.yield()
      connection.waitForPeerToClose()
    }
    try await withServer(limits: limits, script) { server, client in
      let first = Task { try await client.failure(of: HTTPRequest(url: server.url)) }
      var arrivals = arrived.makeAsyncIterator()
      _ = await arrivals.next()
      let second = try await client.failure(
        of: HTTPRequest(url: server.url, timeouts: .init(totalMs: 100)))
      #expect(second == .timedOutBeforeSending(host: local))
      first.cancel()
      let aborted = try await first.value
      #expect(aborted == .cancelled(mayHaveReachedPeer: true))
    }
  }

  @Test func `no answer in time leaves the outcome unknown`() async throws {
    try await withServer(FaultyServer.silent) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: server.url, timeouts: .init(totalMs: 100)))
      #expect(failure == .outcomeUnknown(host: local, .timedOut))
    }
  }

  @Test func `a silent peer is given up before the total time`() async throws {
    try await withServer(FaultyServer.silent) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(url: server.url, timeouts: .init(firstByteMs: 100, totalMs: 50_000)))
      #expect(failure == .outcomeUnknown(host: local, .timedOut))
    }
  }

  @Test func `headers that never end are cut by time`() async throws {
    try await withServer(FaultyServer.dripping) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(url: server.url, timeouts: .init(totalMs: 200)))
      #expect(failure == .outcomeUnknown(host: local, .timedOut))
    }
  }

  private static let halfAnswering: FaultyServer.Script = { connection in
    guard connection.readRequest() != nil else { return }
    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf an ans")
  }

  @Test(arguments: [FaultyServer.closing, halfAnswering])
  func `a connection lost after the request leaves the outcome unknown`(
    script: @escaping FaultyServer.Script
  ) async throws {
    try await withServer(script) { server, client in
      let failure = try await client.failure(of: HTTPRequest(method: .post, url: server.url))
      #expect(failure == .outcomeUnknown(host: local, .connectionLost))
    }
  }

  @Test func `an answer that is not HTTP leaves the outcome unknown`() async throws {
    try await withServer(FaultyServer.babbling) { server, client in
      let failure = try await client.failure(of: HTTPRequest(method: .post, url: server.url))
      #expect(failure == .outcomeUnknown(host: local, .notHTTP))
    }
  }

  @Test func `a body without an end is cut at the allowed size`() async throws {
    try await withServer(FaultyServer.endless) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(url: server.url, maxResponseBytes: 100_000))
      #expect(failure == .responseTooLarge(host: local, limitBytes: 100_000))
    }
  }

  @Test func `headers without an end are cut`() async throws {
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil, connection.write("HTTP/1.1 200 OK\r\n") else { return }
      while connection.write("X-Filler: \(String(repeating: "a", count: 1_000))\r\n") {}
    }
    try await withServer(script) { server, client in
      let failure = try await client.failure(of: HTTPRequest(url: server.url))
      #expect(failure == .responseTooLarge(host: local, limitBytes: 1 << 20))
    }
  }
}
