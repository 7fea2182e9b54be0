import Foundation

/// A program that does what a few lines of shell say; `$REAL` in them is the real one, and files
/// named `$0.…` can be read afterwards.
final class ScriptedProgram {
  /// What is run is never just being written: a process that another test starts at that moment
  /// would hold it open, and a file that is written cannot be run.
  private static let runner: String = {
    let path = temporaryPath()
    let text = "#!/bin/sh\nREAL='\(BuiltProgram.speech)'\n. \"$0.script\"\n"
    let file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o755)
    _ = text.withCString { write(file, $0, strlen($0)) }
    close(file)
    return path
  }()

  private let folder: URL
  let path: String

  init(_ script: String) throws {
    folder = URL(filePath: Self.temporaryPath())
    path = folder.appending(path: "program").path
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: Self.runner)
    try script.write(toFile: path + ".script", atomically: true, encoding: .utf8)
  }

  deinit {
    // A folder that stays behind is the machine's to clear.
    try? FileManager.default.removeItem(at: folder)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(path).\(name)", encoding: .utf8)
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func lines(_ name: String) throws -> Int { try text(name).split(separator: "\n").count }

  private static func temporaryPath() -> String {
    FileManager.default.temporaryDirectory
      .appending(path: "speech-tests-\(ProcessInfo.processInfo.globallyUniqueString)").path
  }
}
