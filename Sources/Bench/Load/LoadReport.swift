import Foundation

/// What a run of the load generator saw.
package struct LoadReport: Sendable, CustomStringConvertible {
  package var seconds: Double
  package var latency = LatencyHistogram()
  /// How many answers came with each status.
  package var statuses: [Int: Int] = [:]
  /// Requests that were sent and got no answer before their connection ended.
  package var unanswered = 0

  package var answers: Int { latency.count }

  package var requestsPerSecond: Double { seconds > 0 ? Double(answers) / seconds : 0 }

  package var failures: Int {
    unanswered + statuses.filter { !(200..<300).contains($0.key) }.map(\.value).reduce(0, +)
  }

  package func milliseconds(atShare share: Double) -> Double {
    Double(latency.microseconds(atShare: share)) / 1000
  }

  package var description: String {
    let shares = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)]
      .map { name, share in "\(name) \(Self.decimal(milliseconds(atShare: share))) ms" }
    let longest = "max \(Self.decimal(Double(latency.maxMicroseconds) / 1000)) ms"
    let counts = statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return """
      \(answers) answers in \(Self.decimal(seconds)) s, \(Int(requestsPerSecond)) requests/s
      \((shares + [longest]).joined(separator: ", "))
      \((counts + ["unanswered: \(unanswered)"]).joined(separator: ", "))
      """
  }

  private static func decimal(_ value: Double) -> String { String(format: "%.2f", value) }
}
