import Foundation

/// What is typed, line by line. Reading blocks, so it has a thread of its own.
enum StandardInput {
  static func lines() -> AsyncStream<String> {
    AsyncStream { continuation in
      Thread.detachNewThread {
        while let line = readLine() { continuation.yield(line) }
        continuation.finish()
      }
    }
  }
}
