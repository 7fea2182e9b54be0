import ArgumentParser
import Conversation
import Server

struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check everything the bot says and teaches, against every channel's limits.",
    discussion: """
      With --channel, every step of every flow is shown as that channel would render it, with its \
      length and, for SMS, its encoding and segments.
      """)

  @Flag(help: "Also print what each text costs by SMS.") var sms = false
  @Option(help: "Show all that is said as on telegram, whatsapp, sms, webchat or terminal.")
  var channel: Channel?
  @Option(help: "Show one language only: en, fa, ar.") var language: String?

  func validate() throws {
    guard language == nil || channel != nil else {
      throw ValidationError("--language goes with --channel.")
    }
  }

  func run() async throws {
    if let channel {
      try show(channel)
    } else {
      let report = ContentCheck.run(root: Launch.root)
      for line in report.lines(withSMS: sms) { print(line) }
      guard report.faults.isEmpty else { throw ExitCode.failure }
    }
  }

  private func show(_ channel: Channel) throws {
    let rehearsal = try ChannelRehearsal.run(
      root: Launch.root, channel: channel, language: language.map(LanguageCode.init))
    guard let rehearsal, rehearsal.languageCount > 0 else {
      throw ValidationError("Nothing is said in that language.")
    }
    for line in rehearsal.lines { print(line) }
    guard rehearsal.faults.isEmpty else { throw ExitCode.failure }
  }
}

extension Channel: ExpressibleByArgument {}
