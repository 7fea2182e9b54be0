import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ClosingTests {
  /// A server that reports the arrival of each request and never answers.
  private func silentServer() throws -> (FaultyServer, AsyncStream<Void>) {
    let (arrived, signal) = AsyncStream<Void>.makeStream()
    let server = try FaultyServer { connection in
      while connection.readRequest() != nil { signal.yield() }
    }
    return (server, arrived)
  }

  @Test func `cancelling the task aborts the transfer`() async throws {
    let (closed, signal) = AsyncStream<Void>.makeStream()
    let (arrived, arrival) = AsyncStream<Void>.makeStream()
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      arrival.yield()
      connection.waitForPeerToClose()
      signal.yield()
    }
    try await withServer(script) { server, client in
      let task = Task { try await client.failure(of: HTTPRequest(url: server.url)) }
      var arrivals = arrived.makeAsyncIterator()
      _ = await arrivals.next()
      task.cancel()
      let aborted = try await task.value
      #expect(aborted == .cancelled(mayHaveReachedPeer: true))
      var closings = closed.makeAsyncIterator()
      #expect(await closings.next() != nil)
    }
  }

  @Test func `a task that is cancelled already sends nothing`() async throws {
    try await withServer(FaultyServer.answering()) { server, client in
      let (go, signal) = AsyncStream<Void>.makeStream()
      let task = Task {
        for await _ in go {}
        return try await client.failure(of: HTTPRequest(url: server.url))
      }
      task.cancel()
      signal.finish()
      let aborted = try await task.value
      #expect(aborted == .cancelled(mayHaveReachedPeer: false))
      #expect(server.acceptedConnections == 0)
    }
  }

  @Test func `more requests than may wait are refused`() async throws {
    let (server, arrived) = try silentServer()
    let client = HTTPClient(limits: .init(waitingMax: 0, runningMax: 1))
    let failure = try await client.failure(of: HTTPRequest(url: server.url))
    #expect(failure == .overloaded)
    #expect(!failure.mayHaveReachedPeer)
    await client.shutdown()
    server.stop()
    _ = arrived
  }

  @Test func `shutting down aborts what runs and refuses what comes`() async throws {
    let (server, arrived) = try silentServer()
    let client = HTTPClient(limits: .init(runningMax: 1))
    let running = Task { try await client.failure(of: HTTPRequest(url: server.url)) }
    var arrivals = arrived.makeAsyncIterator()
    _ = await arrivals.next()
    let waiting = Task { try await client.failure(of: HTTPRequest(url: server.url)) }
    await client.shutdown()
    let aborted = try await running.value
    #expect(aborted == .closed(mayHaveReachedPeer: true))
    let refused = try await waiting.value
    #expect(refused == .closed(mayHaveReachedPeer: false))
    let late = try await client.failure(of: HTTPRequest(url: server.url))
    #expect(late == .closed(mayHaveReachedPeer: false))
    await client.shutdown()
    server.stop()
  }

  @Test func `shutting down with patience lets a running transfer finish`() async throws {
    let (arrived, arrival) = AsyncStream<Void>.makeStream()
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      arrival.yield()
      _ = connection.pause(milliseconds: 50)
      connection.answer(body: "late but whole")
    }
    let server = try FaultyServer(script)
    let client = HTTPClient()
    let running = Task { try await client.send(HTTPRequest(url: server.url)) }
    var arrivals = arrived.makeAsyncIterator()
    _ = await arrivals.next()
    await client.shutdown(finishWithinMs: 20_000)
    let status = try await running.value.status
    #expect(status == 200)
    server.stop()
  }
}
