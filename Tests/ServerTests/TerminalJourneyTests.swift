import Configuration
import Foundation
import Logging
import Rehearsal
import Server
import Synchronization
import Testing

/// The whole program in a terminal.
@Suite(.timeLimit(.minutes(1)))
struct TerminalJourneyTests {
  private static let check = "/check He don't like coffee"

  @Test func `what is asked for last is answered though the lines have ended`() async throws {
    let home = try TemporaryHome()
    let program = try program(home)
    let screen = try await talk(
      program, ["hello", "English", "/menu", Self.check], worksHere: true)
    #expect(screen.contains { $0.contains("doesn’t") || $0.contains("doesn't") })
    await program.close()
  }

  @Test func `beside a server it is the server that does the work`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { _ in
      let program = try program(home)
      let screen = try await talk(
        program, ["hello", "English", "/menu", Self.check], worksHere: false)
      #expect(screen.contains { $0.contains("doesn’t") || $0.contains("doesn't") })
      await program.close()
    }
  }

  private func talk(
    _ program: Program, _ lines: [String], worksHere: Bool
  ) async throws -> [String] {
    let screen = Mutex<[String]>([])
    let (typed, continuation) = AsyncStream<String>.makeStream()
    for line in lines { continuation.yield(line) }
    continuation.finish()
    try await program.chat(lines: typed, languageHint: "en", worksHere: worksHere) { text in
      screen.withLock { $0.append(text) }
    }
    return screen.withLock { $0 }
  }

  private func program(_ home: TemporaryHome) throws -> Program {
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .critical
    let variables = ["PARLANCE_HOME": home.path]
    return try Program.open(
      try Settings(
        ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables))),
      root: Project.root.path, content: try RunningProgram.content.get(),
      metrics: MetricsRegistry(), logger: logger)
  }
}
