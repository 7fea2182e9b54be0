import ArgumentParser
import Server

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check everything the bot says and teaches, against every channel's limits.")

  @Flag(help: "Also print what each text costs by SMS.") var sms = false

  func run() async throws {
    let report = ContentCheck.run(root: Launch.root)
    for line in report.lines(withSMS: sms) { print(line) }
    guard report.faults.isEmpty else { throw ExitCode.failure }
  }
}
