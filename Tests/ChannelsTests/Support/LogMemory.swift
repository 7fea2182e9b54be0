import Logging
import Synchronization

/// Keeps what is logged.
final class LogMemory: Sendable {
  private let kept = Mutex<[String]>([])

  var lines: [String] { kept.withLock { $0 } }

  var logger: Logger {
    Logger(label: "memory") { _ in Handler(memory: self) }
  }

  private func keep(_ line: String) { kept.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let memory: LogMemory
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      memory.keep("\(event.level) \(event.message) \(event.metadata ?? [:])")
    }
  }
}
