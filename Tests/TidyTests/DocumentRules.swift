import Foundation

/// Documentation that can be checked: titles, the files it names, the commands it tells.
struct DocumentRules {
  /// Folders that documents may name though they exist only once something ran.
  private static let madeLater = [".build/", ".venv", "var", ".env"]
  private static let suffixes = [
    ".c", ".css", ".h", ".html", ".js", ".json", ".md", ".py", ".sh", ".sql", ".swift", ".txt",
    ".yaml", ".yml",
  ]
  private static let mediaTypes = [
    "application/", "audio/", "image/", "multipart/", "text/", "video/",
  ]

  /// Every path of the repository, files and folders.
  let paths: Set<String>
  let makeTargets: Set<String>

  static func isDocument(_ file: SourceFile) -> Bool {
    file.name == "README.md" || file.name == "ARCHITECTURE.md"
  }

  func findings(in file: SourceFile) -> [Finding] {
    titleFindings(in: file) + nameFindings(in: file) + commandFindings(in: file)
  }

  private func titleFindings(in file: SourceFile) -> [Finding] {
    let titles = Self.prose(of: file).filter { $0.text.hasPrefix("# ") }
    guard titles.count != 1 else { return [] }
    let line = titles.dropFirst().first?.line ?? 1
    return [file.finding(line, "\(titles.count) titles (`# …`), a document has exactly one")]
  }

  private func nameFindings(in file: SourceFile) -> [Finding] {
    Self.prose(of: file).flatMap { line, text in
      (Self.quoted(text).filter(namesPath) + Self.linked(text)).compactMap { name in
        exists(name, beside: file.path) ? nil : file.finding(line, "\(name) does not exist")
      }
    }
  }

  private func commandFindings(in file: SourceFile) -> [Finding] {
    file.lines.enumerated().flatMap { index, line in
      let isCode = !line.hasPrefix("#") && !line.contains("`")
      let commands = Self.quoted(line) + (isCode ? [line.trimmingCharacters(in: .whitespaces)] : [])
      return commands.compactMap { command -> Finding? in
        let words = command.split(separator: " ")
        guard words.count > 1, words[0] == "make", words[1].allSatisfy(\.isLowercase) else {
          return nil
        }
        if makeTargets.contains(String(words[1])) { return nil }
        return file.finding(index + 1, "make has no target \(words[1])")
      }
    }
  }

  /// The lines outside fenced code.
  private static func prose(of file: SourceFile) -> [(line: Int, text: Substring)] {
    var isFenced = false
    return file.lines.enumerated().compactMap { index, line in
      if line.hasPrefix("```") {
        isFenced.toggle()
        return nil
      }
      return isFenced ? nil : (index + 1, line)
    }
  }

  private static func quoted(_ line: Substring) -> [String] {
    let parts = line.split(separator: "`", omittingEmptySubsequences: false)
    return parts.indices.filter { $0 % 2 == 1 && $0 < parts.count - 1 }.map { String(parts[$0]) }
  }

  private static func linked(_ line: Substring) -> [String] {
    line.components(separatedBy: "](").dropFirst().compactMap { part in
      guard let target = part.split(separator: ")").first else { return nil }
      let path = target.prefix { $0 != "#" }
      return path.isEmpty || path.contains(":") ? nil : String(path)
    }
  }

  private func namesPath(_ word: String) -> Bool {
    let isPlain = word.allSatisfy {
      $0.isLetter || $0.isNumber || "_-+./".contains($0)
    }
    guard isPlain, !word.hasPrefix("/"), !Self.mediaTypes.contains(where: word.hasPrefix) else {
      return false
    }
    return word.contains("/") || Self.suffixes.contains { word.hasSuffix($0) && word != $0 }
  }

  private func exists(_ name: String, beside document: String) -> Bool {
    if Self.madeLater.contains(where: name.hasPrefix) { return true }
    let path = name.hasSuffix("/") ? String(name.dropLast()) : name
    let folder = document.split(separator: "/").dropLast().joined(separator: "/")
    if paths.contains(path) || paths.contains(folder + "/" + path) { return true }
    return !path.contains("/") && paths.contains { $0.hasSuffix("/" + path) }
  }
}
