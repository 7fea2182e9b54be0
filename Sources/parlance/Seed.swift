import ArgumentParser
import Server

struct Seed: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fill the store with made-up conversations, for measuring.")

  @Option(help: "How many conversations there shall be.") var conversations: Int

  func run() async throws {
    let program = try Launch.program(await Launch.settings())
    try program.seed(conversations: conversations)
    await program.close()
  }
}
