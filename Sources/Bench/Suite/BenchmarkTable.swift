import Foundation

/// Prints what was measured.
enum BenchmarkTable {
  private static let columns = [
    "requests/s", "p50 ms", "p99 ms", "CPU µs", "idle MB", "peak MB",
  ]
  private static let nameWidth = 24
  private static let columnWidth = 12

  static func show(_ lanes: [Race.Lane]) {
    showRow("", columns)
    for lane in lanes {
      showRow(
        lane.contestant.name,
        [
          decimal(lane.requestsPerSecond, places: 0), decimal(lane.p50Milliseconds, places: 2),
          decimal(lane.p99Milliseconds, places: 2),
          decimal(lane.cpuMicrosecondsPerRequest, places: 0),
          decimal(lane.idle.residentMegabytes, places: 0),
          decimal(lane.usage.residentPeakMegabytes, places: 0),
        ])
    }
  }

  enum Target {
    case atLeast(Double)
    case atMost(Double)
  }

  /// One figure beside what it has to reach.
  static func show(_ name: String, _ value: Double, unit: String = "", _ target: Target) {
    let (sign, limit, isMet) =
      switch target {
      case .atLeast(let limit): ("≥", limit, value >= limit)
      case .atMost(let limit): ("≤", limit, value <= limit)
      }
    let figure = decimal(value, places: 2) + unit
    let verdict = isMet ? "met" : "missed"
    print("\(pad(name, 40))\(pad(figure, 12))\(sign) \(limit.formatted())\(unit)  \(verdict)")
  }

  static func decimal(_ value: Double, places: Int) -> String {
    String(format: "%.\(places)f", value)
  }

  private static func showRow(_ name: String, _ cells: [String]) {
    print(pad(name, nameWidth) + cells.map { padLeft($0, columnWidth) }.joined())
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func padLeft(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
