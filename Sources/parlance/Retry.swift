import ArgumentParser
import Server
import Storage

struct Retry: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List messages whose turn failed, or run one of them again.")

  @Argument(help: "The conversation.") var conversation: String?
  @Argument(help: "The position of the message in it.") var position: Int?

  func run() async throws {
    let program = try Launch.program(await Launch.settings())
    if let conversation, let position {
      let isDone = try await program.retry(conversation: conversation, position: position)
      print(isDone ? "Done." : "No failed message is kept there.")
    } else {
      for line in try await program.failedTurns() { print(line) }
    }
    await program.close()
  }
}
