import Bench
import Testing

/// The load generator against the bare server: both are real, on a loopback port.
struct LoadGeneratorTests {
  @Test func `each request is sent once and its answer counted`() async throws {
    let report = try await withServer { options in
      var options = options
      options.body = TelegramLoad(chats: 10, firstUpdateID: 1).body
      options.limit = .requests(500)
      return try await LoadGenerator.run(options)
    }
    #expect(report.statuses == [200: 500])
    #expect(report.failures == 0)
    #expect(report.latency.count == 500)
    #expect(report.description.contains("200: 500"))
  }

  @Test func `refused requests are failures`() async throws {
    let report = try await withServer { options in
      var options = options
      options.body = { _ in Array("{".utf8) }
      options.limit = .requests(20)
      return try await LoadGenerator.run(options)
    }
    #expect(report.statuses == [400: 20])
    #expect(report.failures == 20)
  }

  @Test func `a run limited by time ends by itself`() async throws {
    let report = try await withServer { options in
      var options = options
      options.body = TelegramLoad(chats: 10, firstUpdateID: 1).body
      options.limit = .seconds(0.2)
      return try await LoadGenerator.run(options)
    }
    #expect(report.answers > 0)
    #expect(report.seconds >= 0.2)
    #expect(report.requestsPerSecond > 0)
  }

  @Test func `nothing listening is told at once`() async {
    // Port 1 needs rights that no test server has.
    await #expect(throws: LoadFault.unreachable(host: "127.0.0.1", port: 1)) {
      try await LoadGenerator.run(LoadOptions(url: "http://127.0.0.1:1/"))
    }
  }

  @Test(arguments: ["https://127.0.0.1/", "nonsense", ""])
  func `an address that cannot be loaded is refused`(_ url: String) async {
    await #expect(throws: LoadFault.urlNotUsable(url)) {
      try await LoadGenerator.run(LoadOptions(url: url))
    }
  }

  private func withServer(
    _ body: @Sendable (LoadOptions) async throws -> LoadReport
  ) async throws -> LoadReport {
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { continuation.finish() }
        try await BareServer.run(port: 0) { continuation.yield($0) }
      }
      defer { group.cancelAll() }
      let port = try #require(await ports.first { _ in true })
      var options = LoadOptions(url: "http://127.0.0.1:\(port)\(TelegramLoad.path)")
      options.headers = [("Content-Type", "application/json")]
      options.connections = 8
      return try await body(options)
    }
  }
}
