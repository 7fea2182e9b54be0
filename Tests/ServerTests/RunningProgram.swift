import Channels
import Configuration
import Foundation
import Logging
import Rehearsal
import Server
import Standins
import Storage
import Synchronization
import Testing
import Transport

/// The whole program on a free port of this machine, with a home of its own, as people run it.
final class RunningProgram: Sendable {
  static let telegramSecret = "hook-secret"
  /// Read once for all tests.
  static let content = Result { try ProductContent.load(root: Project.root.path) }
  static let operatorKey = "operator-key-0123456789"

  let program: Program
  let url: String
  let client = HTTPClient()
  private let task: Task<Void, any Error>

  /// - Parameter bot: plays Telegram; nil leaves Telegram off.
  @discardableResult
  static func with<Value: Sendable>(
    home: TemporaryHome, bot: BotAPIStandin? = nil, hasPublicURL: Bool = true,
    settings: [String: String] = [:], root: URL = Project.root,
    _ body: (RunningProgram) async throws -> Value
  ) async throws -> Value {
    let running = try await RunningProgram(
      home: home, bot: bot, hasPublicURL: hasPublicURL, settings: settings, root: root)
    do {
      let value = try await body(running)
      try await running.stop()
      return value
    } catch {
      try await running.stop()
      throw error
    }
  }

  private init(
    home: TemporaryHome, bot: BotAPIStandin?, hasPublicURL: Bool, settings more: [String: String],
    root: URL
  ) async throws {
    var variables = [
      "PARLANCE_PORT": "0", "PARLANCE_HOME": home.path, "INTERNAL_API_KEY": Self.operatorKey,
      "TELEGRAM_MESSAGES_PER_SECOND": "1000",
    ]
    if let bot {
      variables["TELEGRAM_BOT_TOKEN"] = BotAPIStandin.token
      variables["TELEGRAM_WEBHOOK_SECRET"] = Self.telegramSecret
      variables["TELEGRAM_API_URL"] = bot.url
      if hasPublicURL { variables["PARLANCE_PUBLIC_URL"] = "https://tutor.example" }
    }
    variables.merge(more) { $1 }
    let settings = try Settings(
      ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables)))
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .critical
    let program = try Program.open(
      settings, root: root.path,
      content: root == Project.root
        ? try RunningProgram.content.get() : try ProductContent.load(root: root.path),
      metrics: MetricsRegistry(), logger: logger)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    task = Task {
      defer { continuation.finish() }
      try await program.run { continuation.yield($0) }
    }
    var port: Int?
    for await first in ports {
      port = first
      break
    }
    self.program = program
    url = "http://127.0.0.1:\(try #require(port, "the program did not start"))"
  }

  private func stop() async throws {
    await client.shutdown()
    program.stop()
    try await task.value
  }

  func get(_ path: String, headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
    try await client.send(HTTPRequest(method: .get, url: url + path, headers: headers))
  }

  func post(
    _ path: String, _ body: String, headers: HTTPHeaders = ["Content-Type": "application/json"]
  ) async throws -> HTTPResponse {
    try await client.send(
      HTTPRequest(method: .post, url: url + path, headers: headers, body: Array(body.utf8)))
  }

  func put(_ path: String, _ body: String, headers: HTTPHeaders) async throws -> HTTPResponse {
    try await client.send(
      HTTPRequest(method: .put, url: url + path, headers: headers, body: Array(body.utf8)))
  }

  func postUpdate(_ json: String, secret: String = telegramSecret) async throws -> HTTPResponse {
    try await post(
      "/gateway/webhook/telegram", json,
      headers: [
        "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret,
      ])
  }
}

/// A folder that is gone after the test.
final class TemporaryHome: Sendable {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("parlance-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      // Left to the system's own cleaning of temporary folders.
    }
  }
}

extension HTTPResponse {
  var text: String { String(decoding: body, as: UTF8.self) }

  func json() throws -> JSONValue { try JSONValue(parsing: body) }
}
