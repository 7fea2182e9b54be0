package import Foundation

/// Files of content on disk, read once at start.
package enum ContentFolder {
  package static let filesMax = 5_000
  package static let fileBytesMax = 256 * 1024

  package struct File: Sendable {
    /// As a fault names it: `lessons/a0-hello.yaml`.
    package let name: String
    package let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }

    /// The name without folder and suffix.
    package var stem: String {
      URL(fileURLWithPath: name).deletingPathExtension().lastPathComponent
    }
  }

  /// Every `.yaml` file of a folder, in the order of their names.
  package static func files(in folder: URL) throws -> [File] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    guard names.count <= filesMax else {
      throw ContentFault(file: folder.lastPathComponent, line: 1, problem: "has too many files")
    }
    return try names.map { try file(folder.appendingPathComponent($0)) }
  }

  /// Reads files in their order, on all cores, and gathers what is wrong with any of them.
  package static func read<Value: Sendable>(
    _ files: [File], _ value: @Sendable (File) throws(ContentFaults) -> Value
  ) -> (values: [Value], faults: [ContentFault]) {
    let results = files.concurrentMap { file in
      Result { () throws(ContentFaults) in try value(file) }
    }
    var values: [Value] = []
    var faults: [ContentFault] = []
    for result in results {
      do { values.append(try result.get()) } catch { faults += error.all }
    }
    return (values, faults)
  }

  package static func file(_ location: URL) throws -> File {
    let folder = location.deletingLastPathComponent().lastPathComponent
    let name = folder + "/" + location.lastPathComponent
    let data = try Data(contentsOf: location)
    guard data.count <= fileBytesMax else {
      throw ContentFault(file: name, line: 1, problem: "is too large")
    }
    guard let text = String(data: data, encoding: .utf8) else {
      throw ContentFault(file: name, line: 1, problem: "is not UTF-8")
    }
    return File(name: name, text: text)
  }
}
