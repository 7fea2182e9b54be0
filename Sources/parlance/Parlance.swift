import ArgumentParser
import Bench

/// The program's commands. Each is a file of its own.
@main
struct Parlance: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parlance",
    abstract: "A chat-channel English tutor.",
    subcommands: [
      Serve.self, Chat.self, Check.self, Doctor.self, Replay.self, Retry.self, Backup.self,
      Restore.self, Unmerge.self, ContentCommand.self, Audio.self, Seed.self, SMSBulk.self,
      Simulate.self, Crash.self,
      BenchCommand.self,
      Load.self,
      BareServerCommand.self,
    ])
}
