import ArgumentParser

import Server

struct Chat: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Talk with the bot in this terminal, on the same engine and store.")

  @Option(help: "The language to begin in.")
  var language = "en"

  func run() async throws {
    let settings = try await Launch.settings()
    let lock: HomeLock?
    do { lock = try HomeLock.take(home: settings.home) } catch is HomeLock.Taken { lock = nil }
    defer { lock?.release() }
    let program = try Launch.program(settings)
    try await program.chat(
      lines: StandardInput.lines(), languageHint: language, worksHere: lock != nil
    ) { print($0 + "\n") }
    await program.close()
  }
}
