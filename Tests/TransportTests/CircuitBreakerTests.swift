import Standins
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct CircuitBreakerTests {
  /// A provider that answers as told, a clock that stands still, and the client between them.
  private final class Stage: Sendable {
    let status = Mutex("200 OK")
    let calls = Atomic(0)
    private let sinceStart = Mutex(Duration.zero)
    private let start = ContinuousClock.now

    func pass(milliseconds: Int) { sinceStart.withLock { $0 += .milliseconds(milliseconds) } }

    @Sendable func now() -> ContinuousClock.Instant { start + sinceStart.withLock { $0 } }

    @Sendable func serve(_ connection: FaultyConnection) {
      while connection.readRequest() != nil {
        calls.add(1, ordering: .relaxed)
        let status = status.withLock { $0 }
        if status.isEmpty { return }
        connection.answer(status)
      }
    }

    func answer(_ status: String) { self.status.withLock { $0 = status } }

    var callCount: Int { calls.load(ordering: .relaxed) }
  }

  private static let rules = CircuitRules(
    failuresInRowMax: 3, failureShareMax: 0.5, callsMin: 10, windowMs: 10_000, openMs: 1_000,
    openMsMax: 3_000)

  private func withProvider(
    _ body: (Stage, ProviderClient, String) async throws -> Void
  ) async throws {
    let stage = Stage()
    try await withServer(stage.serve) { server, client in
      let provider = ProviderClient(
        name: "provider", client: client,
        breaker: CircuitBreaker(rules: Self.rules, now: stage.now))
      try await body(stage, provider, server.url)
    }
  }

  /// How a call ended: a status, or why there is none.
  private func call(
    _ provider: ProviderClient, _ url: String
  ) async -> Result<Int, HTTPFailure> {
    do throws(HTTPFailure) {
      return .success(
        try await provider.send(HTTPRequest(method: .post, url: url)).status)
    } catch {
      return .failure(error)
    }
  }

  private func refused(_ waitMs: Int) -> Result<Int, HTTPFailure> {
    .failure(.circuitOpen(provider: "provider", waitMs: waitMs))
  }

  @Test(arguments: ["500 Internal Server Error", "503 Service Unavailable", ""])
  func `failures in a row open it, and then nobody is called`(status: String) async throws {
    try await withProvider { stage, provider, url in
      stage.answer(status)
      for _ in 1...3 {
        #expect(provider.circuit == .closed)
        _ = await call(provider, url)
      }
      #expect(provider.circuit == .open)
      #expect(await call(provider, url) == refused(1_000))
      stage.pass(milliseconds: 400)
      #expect(await call(provider, url) == refused(600))
      #expect(stage.callCount == 3)
    }
  }

  @Test(arguments: ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "429 Slow down"])
  func `refusals do not open it, and they interrupt a row of failures`(
    refusal: String
  ) async throws {
    try await withProvider { stage, provider, url in
      for status in ["500 No", "500 No", refusal, "500 No", "500 No", refusal, refusal, refusal] {
        stage.answer(status)
        _ = await call(provider, url)
      }
      #expect(provider.circuit == .closed)
      #expect(stage.callCount == 8)
    }
  }

  @Test func `a large share of failures opens it, too, but old ones are forgotten`() async throws {
    try await withProvider { stage, provider, url in
      // Two of three fail, never three in a row: too many once there are ten calls.
      let pattern = ["500 No", "200 OK", "500 No"]
      for status in pattern + pattern {
        stage.answer(status)
        _ = await call(provider, url)
      }
      stage.pass(milliseconds: 20_000)
      for status in pattern + pattern + pattern {
        stage.answer(status)
        _ = await call(provider, url)
      }
      #expect(provider.circuit == .closed)
      stage.answer("500 No")
      _ = await call(provider, url)
      #expect(provider.circuit == .open)
    }
  }

  /// Opens the circuit.
  private func fail(_ provider: ProviderClient, _ stage: Stage, _ url: String) async {
    stage.answer("500 No")
    for _ in 1...3 { _ = await call(provider, url) }
  }

  @Test func `after a while one trial that is answered closes it`() async throws {
    try await withProvider { stage, provider, url in
      await fail(provider, stage, url)
      stage.pass(milliseconds: 1_000)
      #expect(provider.circuit == .halfOpen)
      stage.answer("400 Bad Request")
      #expect(await call(provider, url) == .success(400))
      #expect(provider.circuit == .closed)
      #expect(await call(provider, url) == .success(400))
    }
  }

  @Test func `each trial that fails doubles the wait, up to a bound`() async throws {
    try await withProvider { stage, provider, url in
      await fail(provider, stage, url)
      for (waitedMs, nextMs) in [(1_000, 2_000), (2_000, 3_000), (3_000, 3_000)] {
        stage.pass(milliseconds: waitedMs)
        #expect(await call(provider, url) == .success(500))
        #expect(await call(provider, url) == refused(nextMs))
      }
      stage.pass(milliseconds: 3_000)
      stage.answer("200 OK")
      _ = await call(provider, url)
      await fail(provider, stage, url)
      #expect(await call(provider, url) == refused(1_000))
    }
  }

  @Test func `only one call is the trial, others are refused meanwhile`() async throws {
    let (arrived, signal) = AsyncStream<Void>.makeStream()
    let stage = Stage()
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      if stage.callCount < 3 {
        stage.calls.add(1, ordering: .relaxed)
        connection.answer("500 No", headers: "Connection: close\r\n")
      } else {
        signal.yield()
        connection.waitForPeerToClose()
      }
    }
    try await withServer(script) { server, client in
      let provider = ProviderClient(
        name: "provider", client: client,
        breaker: CircuitBreaker(rules: Self.rules, now: stage.now))
      for _ in 1...3 { _ = await call(provider, server.url) }
      stage.pass(milliseconds: 1_000)
      let url = server.url
      let trial = Task { await call(provider, url) }
      var arrivals = arrived.makeAsyncIterator()
      _ = await arrivals.next()
      guard case .failure(.circuitOpen) = await call(provider, url) else {
        Issue.record("a second call went out beside the trial")
        return
      }
      // A trial that is withdrawn decides nothing: the next call is one again.
      trial.cancel()
      #expect(await trial.value == .failure(.cancelled(mayHaveReachedPeer: true)))
      #expect(provider.circuit == .halfOpen)
      let next = Task { await call(provider, url) }
      _ = await arrivals.next()
      next.cancel()
      _ = await next.value
    }
  }

  @Test func `what began before it opened has no say after`() async throws {
    let (arrived, signal) = AsyncStream<Void>.makeStream()
    let stage = Stage()
    let script: FaultyServer.Script = { connection in
      guard let request = connection.readRequest() else { return }
      if request.hasPrefix("POST /slow") {
        signal.yield()
        // Held until the circuit is open.
        while stage.callCount == 0, !connection.isGone(withinMs: 5) {}
        connection.answer("200 OK")
      } else {
        connection.answer("500 No", headers: "Connection: close\r\n")
      }
    }
    try await withServer(script) { server, client in
      let provider = ProviderClient(
        name: "provider", client: client,
        breaker: CircuitBreaker(rules: Self.rules, now: stage.now))
      let url = server.url
      let slow = Task { await call(provider, url + "/slow") }
      var arrivals = arrived.makeAsyncIterator()
      _ = await arrivals.next()
      for _ in 1...3 { _ = await call(provider, url) }
      #expect(provider.circuit == .open)
      stage.calls.add(1, ordering: .relaxed)
      #expect(await slow.value == .success(200))
      #expect(provider.circuit == .open)
    }
  }
}
