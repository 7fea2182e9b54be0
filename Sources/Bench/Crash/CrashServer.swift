import Foundation
import Transport

/// Starts the program under test again and again, on the same home and the same port.
struct CrashServer: Sendable {
  static let startTimeout = Duration.seconds(20)
  private static let pollInterval = Duration.milliseconds(4)
  private static let probeTimeouts = HTTPRequest.Timeouts(connectMs: 500, totalMs: 2_000)

  let binary: String
  let root: String
  let folder: URL
  let port: Int
  let sinkPort: Int
  let client: HTTPClient

  var home: URL { folder.appendingPathComponent("home") }
  var log: URL { folder.appendingPathComponent("server.log") }
  var baseURL: String { "http://127.0.0.1:\(port)" }

  func start() throws -> ChildProcess {
    try ChildProcess(
      binary, ["serve"],
      environment: [
        "PARLANCE_HOST": "127.0.0.1",
        "PARLANCE_PORT": String(port),
        "PARLANCE_HOME": home.path,
        "PARLANCE_PUBLIC_URL": baseURL,
        "TELEGRAM_API_URL": "http://127.0.0.1:\(sinkPort)",
        "TELEGRAM_BOT_TOKEN": "42:crash",
        "TELEGRAM_WEBHOOK_SECRET": CrashSender.secret,
        "TELEGRAM_MESSAGES_PER_SECOND": "1000",
      ],
      folder: root, log: log)
  }

  /// Waits for the first good answer of `/health`.
  ///
  /// - Returns: how long after `start` it came; nil when the process ended before.
  func milliseconds(
    untilHealthy process: ChildProcess, since start: ContinuousClock.Instant
  ) async throws -> Double? {
    let probe = HTTPRequest(url: baseURL + "/health", timeouts: Self.probeTimeouts)
    while process.isRunning, ContinuousClock.now < start + Self.startTimeout {
      if await isHealthy(probe) { return (ContinuousClock.now - start) / .milliseconds(1) }
      try await Task.sleep(for: Self.pollInterval)
    }
    return nil
  }

  private func isHealthy(_ probe: HTTPRequest) async -> Bool {
    do { return try await client.send(probe).status == 200 } catch { return false }
  }
}
