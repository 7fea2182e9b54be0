package import Conversation
package import Yams

/// Reads one YAML file of content and gathers everything that is wrong with it, so that an author
/// sees all of it at once. What is missing is replaced by something empty.
package struct ContentReader {
  package let file: String
  package private(set) var faults: [ContentFault] = []

  package init(file: String) { self.file = file }

  /// - Throws: `ContentFault` when the text is no YAML at all.
  package func root(_ yaml: String) throws(ContentFault) -> Node {
    do {
      guard let node = try ContentYAML.compose(yaml) else {
        throw ContentFault(file: file, line: 1, problem: "is empty")
      }
      return node
    } catch let fault as ContentFault {
      throw fault
    } catch {
      throw ContentFault(file: file, line: 1, problem: "is not YAML: \(error)")
    }
  }

  package mutating func fault(_ node: Node, _ problem: String) {
    faults.append(ContentFault(file: file, line: node.mark?.line ?? 1, problem: problem))
  }

  /// Tells keys that nobody reads: most are misspelt.
  package mutating func allow(_ keys: Set<String>, in node: Node) {
    guard let mapping = node.mapping else { return fault(node, "is not a mapping") }
    for (key, _) in mapping where !keys.contains(key.string ?? "") {
      fault(key, "has an unknown key `\(key.string ?? "?")`")
    }
  }

  package mutating func text(_ key: String, in node: Node, lengthMax: Int) -> String {
    guard let value = node[key] else {
      fault(node, "needs `\(key)`")
      return ""
    }
    return text(value, called: key, lengthMax: lengthMax)
  }

  package mutating func integer(_ key: String, in node: Node, _ range: ClosedRange<Int>) -> Int {
    guard let value = node[key] else {
      fault(node, "needs `\(key)`")
      return range.lowerBound
    }
    guard let number = value.int, range.contains(number) else {
      let limits = "from \(range.lowerBound) to \(range.upperBound)"
      fault(value, "`\(key)` must be a whole number \(limits)")
      return range.lowerBound
    }
    return number
  }

  package mutating func boolean(_ key: String, in node: Node) -> Bool {
    guard let value = node[key], let bool = value.bool else {
      fault(node[key] ?? node, "`\(key)` must be true or false")
      return false
    }
    return bool
  }

  package mutating func list(
    _ key: String, in node: Node, count: ClosedRange<Int>
  ) -> [Node] {
    guard let value = node[key], let sequence = value.sequence else {
      fault(node[key] ?? node, "needs a list `\(key)`")
      return []
    }
    if !count.contains(sequence.count) {
      fault(
        value,
        "`\(key)` must have \(count.lowerBound)–\(count.upperBound) entries,"
          + " not \(sequence.count)")
    }
    return Array(sequence)
  }

  package mutating func texts(
    _ key: String, in node: Node, count: ClosedRange<Int>, lengthMax: Int
  ) -> [String] {
    let nodes = list(key, in: node, count: count)
    return nodes.map { text($0, called: key, lengthMax: lengthMax) }
  }

  /// A text in several languages, of which `required` must be there.
  package mutating func translated(
    _ key: String, in node: Node, required: [LanguageCode], lengthMax: Int
  ) -> LocalisedText {
    guard let value = node[key] else {
      fault(node, "needs `\(key)`")
      return LocalisedText([:])
    }
    return translated(value, called: key, required: required, lengthMax: lengthMax)
  }

  package mutating func translated(
    _ node: Node, called name: String, required: [LanguageCode], lengthMax: Int
  ) -> LocalisedText {
    guard let mapping = node.mapping else {
      fault(node, "`\(name)` needs a text for each language")
      return LocalisedText([:])
    }
    var texts: [LanguageCode: String] = [:]
    for (key, value) in mapping {
      let language = key.string ?? ""
      texts[LanguageCode(language)] = text(
        value, called: "\(name).\(language)", lengthMax: lengthMax)
    }
    for language in required where texts[language] == nil {
      fault(node, "`\(name)` lacks `\(language)`")
    }
    return LocalisedText(texts)
  }

  private mutating func text(_ node: Node, called name: String, lengthMax: Int) -> String {
    guard let scalar = node.scalar, node.valueTag == .str else {
      fault(node, "`\(name)` is not a text; put it in double quotes")
      return ""
    }
    let text = scalar.string.trimmed
    if text.isEmpty { fault(node, "`\(name)` is empty") }
    // Counting characters takes long; no text has more of them than bytes.
    if text.utf8.count > lengthMax, text.count > lengthMax {
      fault(node, "`\(name)` has \(text.count) characters, \(lengthMax) are allowed")
    }
    return text
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    while text.first?.isWhitespace == true { text.removeFirst() }
    return String(text)
  }
}
