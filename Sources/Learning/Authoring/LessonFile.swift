import Language

/// A lesson's YAML as it goes out and comes in: before the text may stand a line that says which
/// version it was, so that whoever changes it does not overwrite somebody else's change.
package struct LessonFile: Sendable, Equatable {
  /// Far longer than any lesson.
  package static let bytesMax = 64 << 10
  /// Of all lessons together.
  package static let streamBytesMax = 8 << 20
  package static let streamLessonsMax = 2_000
  private static let mark = "# version: "
  private static let divider = "---"

  /// What a lesson is written as, without the mark.
  package let text: String
  /// Nil where nothing says so.
  package let version: Int?

  package init(_ yaml: String) {
    let plain = yaml.replacing("\r\n", with: "\n")
    let end = plain.firstIndex(of: "\n") ?? plain.endIndex
    let first = plain[..<end]
    if first.hasPrefix(Self.mark), let version = Int(first.dropFirst(Self.mark.count)) {
      self.version = version
      text = String(plain[end...].dropFirst())
    } else {
      version = nil
      text = plain
    }
  }

  package init(text: String, version: Int) {
    self.text = text
    self.version = version
  }

  /// With the mark before it.
  package var marked: String { version.map { Self.mark + "\($0)\n" } ?? "" }
  package var yaml: String { marked + text + (text.hasSuffix("\n") ? "" : "\n") }

  /// What the text says it is called; nil when it does not say so at the beginning of a line.
  package var id: String? {
    for line in text.split(separator: "\n") where line.hasPrefix("id:") {
      let value = line.dropFirst("id:".count).prefix { $0 != "#" }
      return value.filter { !" \"'\t\r".contains($0) }
    }
    return nil
  }

  /// As the reader takes it, and names its faults.
  static func named(_ id: String, _ text: String) -> ContentFolder.File {
    ContentFolder.File(name: "lessons/\(id).yaml", text: text)
  }

  // MARK: Several lessons

  /// Several documents of one stream.
  package static func stream(_ files: [LessonFile]) -> String {
    files.map(\.yaml).joined(separator: divider + "\n")
  }

  /// The documents of a stream; a line of three hyphens parts them.
  package static func files(in stream: String) -> [LessonFile] {
    var files: [LessonFile] = []
    var lines: [Substring] = []
    func close() {
      let text = lines.joined(separator: "\n")
      if text.contains(where: { !$0.isWhitespace }) { files.append(LessonFile(text)) }
      lines = []
    }
    let plain = stream.replacing("\r\n", with: "\n")
    for line in plain.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == divider {
        lines.append("")
        close()
      } else {
        lines.append(line)
      }
    }
    close()
    return files
  }
}
