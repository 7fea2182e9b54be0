import Foundation

/// What a running process has used so far, read from /proc.
struct ProcessUsage: Sendable {
  var cpuSeconds = 0.0
  var residentMegabytes = 0.0
  var residentPeakMegabytes = 0.0

  static func of(_ processIDs: [Int32]) throws -> ProcessUsage {
    try processIDs.reduce(into: ProcessUsage()) { sum, id in
      let usage = try ProcessUsage(processID: id)
      sum.cpuSeconds += usage.cpuSeconds
      sum.residentMegabytes += usage.residentMegabytes
      sum.residentPeakMegabytes += usage.residentPeakMegabytes
    }
  }

  /// A process and its children, each of which belongs to the thread that started it.
  static func family(of processID: Int32) throws -> [Int32] {
    let threads = "/proc/\(processID)/task"
    let children = try FileManager.default.contentsOfDirectory(atPath: threads).flatMap { thread in
      try String(contentsOfFile: "\(threads)/\(thread)/children", encoding: .utf8)
        .split(separator: " ").compactMap { Int32($0) }
    }
    return [processID] + children
  }

  init() {}

  private init(processID: Int32) throws {
    let stat = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
    // The second field is the name, which may hold anything: count from the last parenthesis.
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
    cpuSeconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))

    let status = try String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)
    residentMegabytes = Self.megabytes("VmRSS:", in: status)
    residentPeakMegabytes = Self.megabytes("VmHWM:", in: status)
  }

  private static func megabytes(_ name: String, in status: String) -> Double {
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
    let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
    return (kilobytes.flatMap { Double($0) } ?? 0) / 1024
  }
}
