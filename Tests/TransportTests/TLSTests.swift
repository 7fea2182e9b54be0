import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
  private let local = "127.0.0.1"

  /// Runs a body against a scripted TLS server and a client that trusts its authority.
  private func withTLSServer(
    flaw: TestAuthority.Flaw? = nil, trusted: Bool = true,
    _ script: @escaping FaultyServer.Script,
    _ body: (FaultyServer, HTTPClient) async throws -> Void
  ) async throws {
    let authority = try TestAuthority()
    let server = try FaultyServer(identity: authority.identity(flaw), script)
    let client = HTTPClient(caFile: trusted ? authority.file : nil)
    defer { server.stop() }
    try await body(server, client)
    await client.shutdown()
  }

  @Test func `many requests are streams of one HTTP 2 connection`() async throws {
    let count = 20
    try await withTLSServer(FaultyServer.multiplexing(count, body: "stream")) { server, client in
      for _ in 1...2 {
        let bodies = try await withThrowingTaskGroup(of: [UInt8].self) { group in
          for _ in 1...count {
            group.addTask { try await client.send(HTTPRequest(url: server.url)).body }
          }
          return try await group.reduce(into: [[UInt8]]()) { $0.append($1) }
        }
        #expect(bodies == Array(repeating: Array("stream".utf8), count: count))
      }
      #expect(server.acceptedConnections == 1)
    }
  }

  @Test func `a body goes out on a stream`() async throws {
    try await withTLSServer(FaultyServer.multiplexing(1, body: "taken")) { server, client in
      let response = try await client.send(
        HTTPRequest(method: .post, url: server.url, body: Array(repeating: 0x61, count: 60_000)))
      #expect(response.status == 200)
      #expect(response.body == Array("taken".utf8))
    }
  }

  @Test func `a stream that is given up harms no other on its connection`() async throws {
    try await withTLSServer(FaultyServer.multiplexing(2)) { server, client in
      let lone = try await client.failure(
        of: HTTPRequest(method: .post, url: server.url, timeouts: .init(totalMs: 300)))
      #expect(lone == .outcomeUnknown(host: local, .timedOut))
      #expect(try await client.send(HTTPRequest(url: server.url)).status == 200)
      #expect(server.acceptedConnections == 1)
    }
  }

  @Test(arguments: TestAuthority.Flaw.allCases)
  func `a certificate with a flaw is refused before anything is sent`(
    flaw: TestAuthority.Flaw
  ) async throws {
    try await withTLSServer(flaw: flaw, FaultyServer.answering()) { server, client in
      let failure = try await client.failure(of: HTTPRequest(method: .post, url: server.url))
      #expect(failure == .couldNotReach(host: local, .certificate))
      #expect(!failure.mayHaveReachedPeer)
    }
  }

  @Test func `an authority that nobody named is not trusted`() async throws {
    try await withTLSServer(trusted: false, FaultyServer.answering()) { server, client in
      let failure = try await client.failure(of: HTTPRequest(url: server.url))
      #expect(failure == .couldNotReach(host: local, .certificate))
    }
  }

  @Test func `a file of authorities that is missing is a fault of certificates`() async throws {
    let server = try FaultyServer(
      identity: TestAuthority().identity(), FaultyServer.answering())
    defer { server.stop() }
    let client = HTTPClient(caFile: "/nowhere/authorities.pem")
    let failure = try await client.failure(of: HTTPRequest(url: server.url))
    #expect(failure == .couldNotReach(host: local, .certificate))
    await client.shutdown()
  }

  @Test func `a connection lost within TLS leaves the outcome unknown`() async throws {
    try await withTLSServer({ $0.readHTTP2Preface() }) { server, client in
      let failure = try await client.failure(of: HTTPRequest(method: .post, url: server.url))
      #expect(failure == .outcomeUnknown(host: local, .connectionLost))
    }
  }
}

extension FaultyConnection {
  /// Waits until the peer has spoken, and leaves.
  fileprivate func readHTTP2Preface() { _ = read(max: 16 << 10) }
}
