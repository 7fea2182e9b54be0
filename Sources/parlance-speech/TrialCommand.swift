import Foundation
import Media

/// Reads damaged recordings of every kind and tells what became of them.
struct TrialCommand {
  private static let slowestMsMax = 1_000.0

  let mutants: Int
  let seed: Int

  func run() {
    var trial = MediaTrial(seed: UInt64(bitPattern: Int64(seed)))
    let report = trial.run(mutants: mutants)
    SpeechProgram.say("\(report.mutants) damaged recordings, \(report.decoded) still read")
    for (fault, count) in report.refused.sorted(by: { $0.value > $1.value }) {
      SpeechProgram.say("  \(fault): \(count)")
    }
    SpeechProgram.say("slowest: \(rounded(report.slowestMs)) ms (\(report.slowest))")
    SpeechProgram.say(
      "most processor time for one: \(rounded(report.slowestProcessorMs)) ms")
    SpeechProgram.say("memory at most: \(rounded(ResourceUse.now().peakMegabytes)) MB")
    if report.slowestMs > Self.slowestMsMax { exit(1) }
  }

  private func rounded(_ number: Double) -> String { String(format: "%.1f", number) }
}

/// What this process has used so far.
struct ResourceUse {
  let processorMicroseconds: Double
  let peakMegabytes: Double

  static func now() -> ResourceUse {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let user = Double(usage.ru_utime.tv_sec) * 1e6 + Double(usage.ru_utime.tv_usec)
    let system = Double(usage.ru_stime.tv_sec) * 1e6 + Double(usage.ru_stime.tv_usec)
    return ResourceUse(
      processorMicroseconds: user + system, peakMegabytes: Double(usage.ru_maxrss) / 1_024)
  }
}
