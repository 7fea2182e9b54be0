import ArgumentParser

import Server

struct Chat: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Talk with the bot in this terminal, on the same engine and store.")

  @Option(help: "The language to begin in.")
  var language = "en"

  func run() async throws {
    let program = try Launch.program(await Launch.settings())
    try await program.chat(
      lines: StandardInput.lines(), languageHint: language
    ) { print($0 + "\n") }
    await program.close()
  }
}
