import ArgumentParser
import Server

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look at the settings, the store and the providers, and say what is wrong.")

  func run() async throws {
    let diagnosis = await Diagnosis.make(
      settings: try await Launch.settings(), root: Launch.root)
    for line in diagnosis.lines { print(line) }
    guard diagnosis.isHealthy else { throw ExitCode.failure }
  }
}
