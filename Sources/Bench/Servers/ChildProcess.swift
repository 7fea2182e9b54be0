import Foundation

/// A program started by the benchmark, with only the environment it is given.
final class ChildProcess: Sendable {
  private static let inherited = ["PATH", "HOME", "LANG", "TMPDIR"]

  let processID: Int32
  private let process: Process
  private let ended: AsyncStream<Int32>

  init(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:],
    folder: String, log: URL
  ) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let own = ProcessInfo.processInfo.environment.filter { Self.inherited.contains($0.key) }
    process.environment = own.merging(environment) { _, given in given }
    try Data().write(to: log)
    let output = try FileHandle(forWritingTo: log)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    let (ended, continuation) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      continuation.yield(process.terminationStatus)
      continuation.finish()
    }
    try process.run()
    self.process = process
    self.ended = ended
    processID = process.processIdentifier
  }

  var isRunning: Bool { process.isRunning }

  /// Waits for the end and tells the exit status.
  func exitStatus() async -> Int32? {
    for await status in ended { return status }
    return nil
  }

  func send(_ signal: Int32) {
    if process.isRunning { kill(processID, signal) }
  }
}
