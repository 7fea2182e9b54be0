import Standins
import Synchronization
import Testing
import Transport

/// A kept connection may die just when the next request is written to it.
@Suite(.timeLimit(.minutes(1)))
struct DeadConnectionTests {
  /// Takes the second request it sees and hangs up instead of answering.
  private final class SecondRequestVictim: Sendable {
    let methods = Mutex<[String]>([])

    @Sendable func serve(_ connection: FaultyConnection) {
      while let request = connection.readRequest() {
        let count = methods.withLock { methods in
          methods.append(String(request.prefix { $0 != " " }))
          return methods.count
        }
        if count == 2 { return }
        connection.answer()
      }
    }
  }

  @Test func `an unsafe request is never sent twice`() async throws {
    let victim = SecondRequestVictim()
    try await withServer(victim.serve) { server, client in
      _ = try await client.send(HTTPRequest(url: server.url))
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: server.url, body: [1]))
      #expect(failure == .outcomeUnknown(host: "127.0.0.1", .connectionLost))
      #expect(failure.mayHaveReachedPeer)
      #expect(victim.methods.withLock { $0 } == ["GET", "POST"])
    }
  }

  @Test func `a safe request is repeated on a new connection`() async throws {
    let victim = SecondRequestVictim()
    try await withServer(victim.serve) { server, client in
      _ = try await client.send(HTTPRequest(url: server.url))
      let response = try await client.send(HTTPRequest(url: server.url))
      #expect(response.status == 200)
      #expect(victim.methods.withLock { $0 } == ["GET", "GET", "GET"])
    }
  }

  @Test func `a connection that the peer closed while idle is not used`() async throws {
    let (closed, signal) = AsyncStream<Void>.makeStream()
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer()
      connection.endOutput()
      signal.yield()
      connection.waitForPeerToClose()
    }
    try await withServer(script) { server, client in
      _ = try await client.send(HTTPRequest(url: server.url))
      var closings = closed.makeAsyncIterator()
      _ = await closings.next()
      let response = try await client.send(HTTPRequest(method: .post, url: server.url, body: [1]))
      #expect(response.status == 200)
      #expect(server.acceptedConnections == 2)
    }
  }
}
