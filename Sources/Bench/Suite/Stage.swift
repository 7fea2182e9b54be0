import Foundation
import NIOCore
import NIOPosix

/// Starts the programs that take part and keeps hold of them, so that none outlives the benchmark.
actor Stage {
  static let startTimeout = Duration.seconds(20)
  private static let stopTimeout = Duration.seconds(10)
  private static let pollInterval = Duration.milliseconds(2)

  nonisolated let sinkPort: Int
  nonisolated let root: String
  private let folder: URL
  private var children: [ChildProcess] = []
  private var names = 0

  init(_ options: BenchmarkOptions) throws {
    root = options.root
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("parlance-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    sinkPort = try Self.freePort()
  }

  /// A port of 127.0.0.1 that nobody used a moment ago.
  static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, size) == 0 ? getsockname(descriptor, generic, &size) : -1
      }
    }
    guard status == 0 else { throw BenchmarkFault.missing("a free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  /// A new empty folder that disappears with the stage.
  func newFolder(_ name: String) throws -> URL {
    names += 1
    let url = folder.appendingPathComponent("\(names)-\(name)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  /// Starts a program; with a port, waits until something listens there.
  func start(
    _ name: String, _ executable: String, _ arguments: [String],
    environment: [String: String] = [:], untilListening port: Int? = nil
  ) async throws -> ChildProcess {
    guard FileManager.default.isExecutableFile(atPath: executable) else {
      throw BenchmarkFault.missing(executable)
    }
    names += 1
    let log = folder.appendingPathComponent("\(names)-\(name).log")
    let child = try ChildProcess(
      executable, arguments, environment: environment, folder: root, log: log)
    children.append(child)
    if let port, try await !isListening(child, port) {
      throw BenchmarkFault.didNotStart(name, log: Self.tail(of: log))
    }
    return child
  }

  /// Runs a program to its end, which must be a good one.
  func complete(
    _ name: String, _ executable: String, _ arguments: [String], environment: [String: String] = [:]
  ) async throws {
    let child = try await start(name, executable, arguments, environment: environment)
    let log = folder.appendingPathComponent("\(names)-\(name).log")
    let status = await child.exitStatus()
    try Task.checkCancellation()
    children.removeAll { $0 === child }
    if status != 0 { throw BenchmarkFault.failed(name, log: Self.tail(of: log)) }
  }

  /// Asks a program to end, and insists after a while.
  func stop(_ child: ChildProcess, with signal: Int32) async {
    child.send(signal)
    let insisting = Task {
      try await Task.sleep(for: Self.stopTimeout)
      child.send(SIGKILL)
    }
    _ = await child.exitStatus()
    insisting.cancel()
    children.removeAll { $0 === child }
  }

  func clear() async {
    for child in children { child.send(SIGKILL) }
    for child in children { _ = await child.exitStatus() }
    children = []
    do {
      try FileManager.default.removeItem(at: folder)
    } catch {
      print("left behind: \(folder.path)")
    }
  }

  private func isListening(_ child: ChildProcess, _ port: Int) async throws -> Bool {
    let deadline = ContinuousClock.now + Self.startTimeout
    while child.isRunning, ContinuousClock.now < deadline {
      if try await Self.answers(port) { return true }
      try await Task.sleep(for: Self.pollInterval)
    }
    return false
  }

  /// For what this process itself is about to serve.
  static func untilListening(_ port: Int) async throws {
    while try await !answers(port) { try await Task.sleep(for: pollInterval) }
  }

  private static func answers(_ port: Int) async throws -> Bool {
    do {
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: port).get()
      try await channel.close().get()
      return true
    } catch is IOError {
      return false
    } catch is NIOConnectionError {
      return false
    }
  }

  private static func tail(of log: URL) -> String {
    do {
      let text = try String(contentsOf: log, encoding: .utf8)
      return text.split(separator: "\n").suffix(20).joined(separator: "\n")
    } catch {
      return "no log: \(error)"
    }
  }
}
