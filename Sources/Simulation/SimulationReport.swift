/// What a simulation has seen.
package struct SimulationReport: Sendable, CustomStringConvertible {
  package struct Violation: Sendable {
    package let promise: String
    package let step: Int
    package let lastEvents: [String]
  }

  package let seed: UInt64
  package let turns: Int
  package let steps: Int
  package let faults: [(fault: Fault, count: Int)]
  /// Of everything that happened, in order: the same seed gives the same.
  package let hash: UInt64
  package let violation: Violation?

  package var faultKindsCount: Int { faults.count { $0.count > 0 } }

  package var description: String {
    var lines = ["seed \(seed): \(turns) turns, \(steps) steps, hash \(String(hash, radix: 16))"]
    let struck = faults.filter { $0.count > 0 }.map { "\($0.fault.rawValue) \($0.count)" }
    lines.append("\(faultKindsCount) kinds of fault: \(struck.joined(separator: ", "))")
    if let violation {
      lines.append("BROKEN PROMISE in step \(violation.step): \(violation.promise)")
      lines.append("run again with seed \(seed); the last events:")
      lines += violation.lastEvents.map { "  " + $0 }
    }
    return lines.joined(separator: "\n")
  }
}
