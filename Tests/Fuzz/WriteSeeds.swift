import Foundation

/// Writes a file of every kind into a folder, for the fuzzer to begin with.
@main enum WriteSeeds {
  static func main() throws {
    guard CommandLine.arguments.count == 2 else { return }
    let folder = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
    for file in SampleFiles.all(lengthMs: 200) {
      try Data(file.bytes).write(to: folder.appending(path: file.name))
    }
  }
}
