import Yams

/// What the bot says in one language: one file of `Prompts/`.
package struct PhraseCatalogue: Sendable {
  package static let fileBytesMax = 512 * 1024

  package let file: String
  package let language: LanguageCode
  /// The language's name in itself, for the button that chooses it.
  package let name: String
  /// Typed words that stand for commands and answers, normalised: `menu`, `skip`, `yes`.
  package let words: [String: Set<String>]
  private let templates: [String: PhraseTemplate]

  package var keys: Set<String> { Set(templates.keys) }

  package func template(_ key: String) -> PhraseTemplate? { templates[key] }

  /// Reads a file: `language`, `name`, `words` (lists) and `phrases` (nested; the keys are joined
  /// by dots).
  ///
  /// - Throws: `PhraseFault` with the file and, where it is known, the line.
  package init(yaml: String, file: String) throws(PhraseFault) {
    let root = try PhraseFile.root(of: yaml, file: file)
    guard let code = root["language"]?.string, let name = root["name"]?.string else {
      throw PhraseFault(file: file, line: 1, problem: "needs `language` and `name`")
    }
    self.file = file
    language = LanguageCode(code)
    self.name = name
    words = try PhraseFile.words(root["words"], file: file)
    templates = try PhraseFile.phrases(root["phrases"], file: file)
  }
}

/// A fault in a file of copy, told so that an author finds it.
package struct PhraseFault: Error, Equatable, Sendable, CustomStringConvertible {
  package let file: String
  package let line: Int
  package let problem: String

  package init(file: String, line: Int, problem: String) {
    self.file = file
    self.line = line
    self.problem = problem
  }

  package var description: String { "\(file):\(line): \(problem)" }
}

/// Reading the YAML of a catalogue.
enum PhraseFile {
  static func root(of yaml: String, file: String) throws(PhraseFault) -> Node.Mapping {
    guard yaml.utf8.count <= PhraseCatalogue.fileBytesMax else {
      throw PhraseFault(file: file, line: 1, problem: "is too large")
    }
    do {
      guard let mapping = try ContentYAML.compose(yaml)?.mapping else {
        throw PhraseFault(file: file, line: 1, problem: "is not a mapping")
      }
      return mapping
    } catch let fault as PhraseFault {
      throw fault
    } catch {
      throw PhraseFault(file: file, line: 1, problem: "is not YAML: \(error)")
    }
  }

  static func words(_ node: Node?, file: String) throws(PhraseFault) -> [String: Set<String>] {
    var words: [String: Set<String>] = [:]
    for (key, value) in node?.mapping ?? [:] {
      guard let name = key.string, let list = value.sequence else {
        throw PhraseFault(file: file, line: line(value), problem: "words must be lists")
      }
      words[name] = Set(list.compactMap(\.string).map(TypedAnswer.normalise))
    }
    return words
  }

  static func phrases(_ node: Node?, file: String) throws(PhraseFault) -> [String: PhraseTemplate] {
    var templates: [String: PhraseTemplate] = [:]
    try collect(node, prefix: "", file: file, into: &templates)
    return templates
  }

  private static func collect(
    _ node: Node?, prefix: String, file: String, into templates: inout [String: PhraseTemplate]
  ) throws(PhraseFault) {
    guard let node else { return }
    if let mapping = node.mapping {
      for (key, value) in mapping {
        let name = key.scalar?.string ?? ""
        let path = prefix.isEmpty ? name : prefix + "." + name
        try collect(value, prefix: path, file: file, into: &templates)
      }
      return
    }
    guard let text = node.scalar?.string, !text.isEmpty else {
      throw PhraseFault(file: file, line: line(node), problem: "\(prefix) is not a text")
    }
    do {
      templates[prefix] = try PhraseTemplate(text, line: line(node))
    } catch {
      throw PhraseFault(file: file, line: line(node), problem: "\(prefix): \(error)")
    }
  }

  private static func line(_ node: Node) -> Int { node.mark?.line ?? 1 }
}
