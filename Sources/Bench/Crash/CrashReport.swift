import Foundation

/// What a crash test has seen. It has passed when there are no violations.
package struct CrashReport: Sendable, CustomStringConvertible {
  package var rounds = 0
  /// Killed before it could answer `/health`.
  package var killedWhileStarting = 0
  package var seconds = 0.0
  /// How long a process was there to take messages.
  package var secondsUp = 0.0
  package var drainSeconds = 0.0
  package var ledger = CrashLedger.Record()
  package var provider = CrashSinkRecord()
  package var findings = CrashAudit.Findings()
  /// Found while killing, beside what the audit found in the end.
  package var faults: [String] = []
  package var inFlight: [Int] = []
  package var startMilliseconds: [Double] = []
  /// Where the store and the logs were left; nil when they were removed.
  package var evidence: String?

  package init() {}

  package var violations: [String] { faults + findings.violations }
  package var messagesPerSecond: Double {
    seconds > 0 ? Double(ledger.acknowledged.count) / seconds : 0
  }

  package var description: String {
    let statuses = ledger.statuses.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let lines = [
      ("kills", "\(rounds), of these \(killedWhileStarting) while starting"),
      (
        "load",
        "\(ledger.acknowledged.count) messages acknowledged in \(decimal(seconds)) s "
          + "(\(decimal(secondsUp)) s of them up): \(Int(messagesPerSecond)) per second"
      ),
      (
        "answers to senders",
        (statuses + ["none: \(ledger.unanswered)"]).joined(separator: ", ")
          + "; \(ledger.deliberateRepeats) deliberate repeats"
      ),
      ("turns stored", "\(findings.turns), answered \(findings.answered)"),
      (
        "provider",
        "took \(provider.calls.count) messages, \(provider.late) answered late, "
          + "\(provider.calls.count(where: \.answerIsLost)) hung up on after taking; "
          + "429: \(provider.refused), 500: \(provider.failed)"
      ),
      ("in flight at a kill", spread(inFlight.map(Double.init))),
      (
        "sent twice",
        "\(findings.duplicatesOfKills) by kills (at most \(findings.duplicatesPerKillMax) by one), "
          + "\(findings.duplicatesOfHangUps) by hang-ups"
      ),
      ("start to first 200", spread(startMilliseconds) + " ms"),
      ("last answer out", "\(decimal(drainSeconds)) s after the last kill's restart"),
    ]
    let width = (lines.map(\.0.count).max() ?? 0) + 2
    let table = lines.map { $0.0.padding(toLength: width, withPad: " ", startingAt: 0) + $0.1 }
    return (table + verdict).joined(separator: "\n")
  }

  private var verdict: [String] {
    guard !violations.isEmpty else {
      return ["passed: nothing lost, everything answered, nothing done twice"]
    }
    let kept = evidence.map { ["the store and the logs are in \($0)"] } ?? []
    return ["FAILED:"] + violations.map { "  " + $0 } + kept
  }

  private func spread(_ values: [Double]) -> String {
    let sorted = values.sorted()
    guard let largest = sorted.last else { return "none" }
    let median = sorted[sorted.count / 2]
    let p99 = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    return "median \(decimal(median)), p99 \(decimal(p99)), max \(decimal(largest))"
  }

  private func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
}
