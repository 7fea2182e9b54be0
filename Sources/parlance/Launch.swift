import ArgumentParser
import Foundation
import Logging
import Server

/// What every command needs first.
enum Launch {
  /// The folder that holds `Prompts/`, `Personas/` and `Curriculum/`.
  static var root: String { FileManager.default.currentDirectoryPath }

  /// The settings; when they are at fault, all faults are told and the command ends.
  static func settings() async throws -> Settings {
    do {
      return try await Settings.load(environment: ProcessInfo.processInfo.environment)
    } catch let fault as SettingsFault {
      throw ValidationError(fault.description)
    }
  }

  /// The program opened for a command that does one thing and ends.
  static func program(_ settings: Settings) throws -> Program {
    LoggingSystem.bootstrap { JSONLogHandler(label: $0, secrets: settings.secrets) }
    var logger = Logger(label: "parlance")
    logger.logLevel = .warning
    return try Program.open(settings, root: root, metrics: MetricsRegistry(), logger: logger)
  }
}
