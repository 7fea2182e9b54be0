import ArgumentParser
import CoreMetrics
import Foundation
import Logging
import Server

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take messages from every channel until told to stop.")

  func run() async throws {
    let settings = try await Launch.settings()
    let lock = try HomeLock.take(home: settings.home)
    defer { lock.release() }
    let metrics = MetricsRegistry()
    MetricsSystem.bootstrap(metrics)
    LoggingSystem.bootstrap { JSONLogHandler(label: $0, secrets: settings.secrets) }
    let program = try Program.open(
      settings, root: Launch.root, metrics: metrics, logger: Logger(label: "parlance"))
    try await program.run { port in
      print("Parlance listens on http://\(settings.host):\(port)")
    }
  }
}
