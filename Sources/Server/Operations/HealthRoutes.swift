import Conversation
import Hummingbird
import NIOCore
import Storage
import Transport

/// Whether the program can take messages, and what it has counted.
struct HealthRoutes: Sendable {
  /// A part the program leans on, and how it is asked.
  struct Dependency: Sendable {
    let name: String
    /// Without it no message can be taken.
    let isVital: Bool
    /// Whether people should look at it when it is down, though messages are taken.
    var isWatched = false
    let isUp: @Sendable () async -> Bool
  }

  let dependencies: [Dependency]
  let providers: [ProviderClient]
  let metrics: MetricsRegistry

  func add(to router: Router<AppContext>) {
    router.get("/health") { _, _ in await health() }
    router.get("/metrics") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.prometheusText())))
    }
  }

  private func health() async -> Response {
    var isHealthy = true
    var isWhole = true
    var parts: [String] = []
    for dependency in dependencies {
      let isUp = await dependency.isUp()
      if dependency.isVital, !isUp { isHealthy = false }
      if dependency.isWatched, !isUp { isWhole = false }
      parts.append("\(JSONText.quoted(dependency.name)):\"\(isUp ? "up" : "down")\"")
    }
    let circuits = providers.map {
      "\(JSONText.quoted($0.name)):\(JSONText.quoted($0.circuit.rawValue))"
    }
    let data = """
      {"status":"\(isHealthy ? isWhole ? "ok" : "degraded" : "unavailable")",\
      "dependencies":{\(parts.joined(separator: ","))},\
      "circuits":{\(circuits.joined(separator: ","))}}
      """
    guard isHealthy else {
      return .json("{\"success\":false,\"data\":\(data)}", status: .serviceUnavailable)
    }
    return .success(data)
  }
}

extension Database {
  /// Whether a read works and no commit has failed.
  func isHealthy() async -> Bool {
    guard isWritable else { return false }
    do {
      return try await read { try $0.first("SELECT 1 AS one") != nil }
    } catch { return false }
  }
}
