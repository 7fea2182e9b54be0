import ArgumentParser
import Bench

struct Crash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kill the server again and again under load and prove that nothing is lost.")

  @Option(help: "How often to kill it.") var rounds = 200
  @Option(help: "The same seed draws the same load, faults and moments of death.")
  var seed: UInt64 = 1

  func run() async throws {
    var options = CrashOptions(binary: CommandLine.arguments[0], root: Launch.root)
    options.rounds = rounds
    options.seed = seed
    let report = try await CrashTest(options).run()
    print(report)
    if !report.violations.isEmpty { throw ExitCode.failure }
  }
}
