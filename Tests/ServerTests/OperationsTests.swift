import Configuration
import Foundation
import Logging
import Metrics
import Rehearsal
import Server
import Standins
import Storage
import Synchronization
import Testing
import Transport

/// Keeps what was written.
private final class Recorder: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }
  func append(_ line: String) { lines.withLock { $0.append(line) } }
}

@Suite(.timeLimit(.minutes(1)))
struct OperationsTests {
  @Test func `all faults of the settings are told at once, without their values`() throws {
    let fault = #expect(throws: SettingsFault.self) {
      try Settings(
        Self.reader([
          "PARLANCE_PORT": "eighty", "PARLANCE_PUBLIC_URL": "tutor.example",
          "TELEGRAM_BOT_TOKEN": "secret-without-number", "INTERNAL_API_KEY": "short",
          "DATABASE_URL": "mysql://x",
        ]))
    }
    let text = try #require(fault).description
    for name in [
      "PARLANCE_PORT", "PARLANCE_PUBLIC_URL", "TELEGRAM_BOT_TOKEN", "INTERNAL_API_KEY",
      "DATABASE_URL",
    ] { #expect(text.contains(name)) }
    #expect(!text.contains("secret-without-number"))
    #expect(!text.contains("mysql"))
  }

  @Test func `with nothing set the settings are sound`() throws {
    let settings = try Settings(Self.reader([:]))
    #expect(settings.port == 8_080)
    #expect(settings.host == "127.0.0.1")
    #expect(settings.database == .file(path: "var/parlance.sqlite"))
    #expect(settings.telegram == nil)
  }

  @Test func `a public address with a bot demands a webhook secret`() {
    #expect(throws: SettingsFault.self) {
      try Settings(
        Self.reader([
          "PARLANCE_PUBLIC_URL": "https://tutor.example", "TELEGRAM_BOT_TOKEN": "1:a",
        ]))
    }
  }

  @Test func `health names its dependencies and metrics count requests`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let health = try await running.get("/health")
      #expect(health.status == 200)
      #expect(try health.json()["data"]?["dependencies"]?["database"]?.string == "up")
      #expect(try await running.get("/metrics").status == 200)
    }
  }

  @Test func `the webhook log is for operators only`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      #expect(try await running.get("/gateway/webhook-logs").status == 401)
      let wrong = try await running.get(
        "/gateway/webhook-logs", headers: ["Authorization": "Bearer wrong"])
      #expect(wrong.status == 401)
      let right = try await running.get(
        "/gateway/webhook-logs",
        headers: ["Authorization": "Bearer \(RunningProgram.operatorKey)"])
      #expect(right.status == 200)
    }
  }

  @Test func `a log line is JSON and masks secrets`() throws {
    let lines = Recorder()
    let handler = JSONLogHandler(label: "test", secrets: ["hunter2"]) { lines.append($0) }
    var logger = Logger(label: "test", factory: { _ in handler })
    logger[metadataKey: "where"] = "a \"quoted\" place"
    logger.error("the key is hunter2", metadata: ["key": "hunter2\n"])
    let line = try #require(lines.all.first)
    let json = try JSONValue(parsing: Array(line.utf8))
    #expect(json["message"]?.string == "the key is ***")
    #expect(json["key"]?.string == "***\n")
    #expect(json["where"]?.string == "a \"quoted\" place")
    #expect(json["level"]?.string == "error")
  }

  @Test func `metrics are written as Prometheus reads them`() {
    let registry = MetricsRegistry()
    Counter(label: "turns_total", dimensions: [("kind", "a\"b")], factory: registry).increment()
    Counter(label: "turns_total", dimensions: [("kind", "a\"b")], factory: registry)
      .increment(by: 2)
    let gauge = Gauge(label: "queue-length", factory: registry)
    for length in [5, 3] { gauge.record(length) }
    let text = registry.prometheusText()
    #expect(text.contains("# TYPE turns_total counter\nturns_total{kind=\"a\\\"b\"} 3\n"))
    #expect(text.contains("queue_length 3\n"))
  }

  @Test func `a backup is restored in the place of the store`() async throws {
    let home = try TemporaryHome()
    let chat = WebChatDoorTests.doors
    let copy = home.path + "/copy.sqlite"
    try await RunningProgram.with(home: home) { running in
      _ = try await running.post(chat + "/send", #"{"id":"1","text":"kept"}"#)
      try running.program.database.backUp(to: copy)
      _ = try await running.post(chat + "/send", #"{"id":"2","text":"lost"}"#)
    }
    let store = home.path + "/parlance.sqlite"
    try await StoreRestore.restore(from: copy, to: .file(path: store))
    #expect(FileManager.default.fileExists(atPath: store + ".before-restore"))
    try await RunningProgram.with(home: home) { running in
      let messages = try await running.get(chat + "/messages").json()["messages"]?.items ?? []
      let said = messages.filter { $0["from"]?.string == "person" }.map { $0["text"]?.string }
      #expect(said == ["kept"])
    }
  }

  @Test func `a damaged backup is refused and the store stays`() async throws {
    let home = try TemporaryHome()
    let store = home.path + "/parlance.sqlite"
    try await RunningProgram.with(home: home) { _ in }
    let garbage = home.path + "/garbage.sqlite"
    try Data("not a database at all".utf8).write(to: URL(fileURLWithPath: garbage))
    await #expect(throws: (any Error).self) {
      try await StoreRestore.restore(from: garbage, to: .file(path: store))
    }
    try await RunningProgram.with(home: home) { running in
      let health = try await running.get("/health")
      #expect(health.status == 200)
    }
  }

  @Test func `code that is handed back to the system is not held, and comes back when called`()
    throws
  {
    let before = try Self.mappedKilobytes()
    try ResidentMemory.release()
    #expect(try Self.mappedKilobytes() < before)
  }

  /// Of the files that are mapped into this process, as far as they are in memory.
  private static func mappedKilobytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssFile:") })
    return try #require(Int(line.filter(\.isNumber)))
  }

  @Test func `a second server on the same home is refused`() throws {
    let home = try TemporaryHome()
    let first = try HomeLock.take(home: home.path)
    #expect(throws: HomeLock.Taken.self) { try HomeLock.take(home: home.path) }
    first.release()
    try HomeLock.take(home: home.path).release()
  }

  private static func reader(_ variables: [String: String]) -> ConfigReader {
    ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))
  }
}
