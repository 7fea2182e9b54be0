/// Which floor may lean on which: the architecture, as a table.
enum ImportRules {
  private static let conversationAndBelow: Set<String> = ["Conversation", "Storage", "Transport"]
  private static let capabilitiesAndBelow = conversationAndBelow.union([
    "Accounts", "Channels", "Feedback", "Language", "Learning", "Onboarding", "Practice", "Speech",
  ])

  /// What each target may import of this project. A new target must be entered here.
  static let allowed: [String: Set<String>] = [
    "CAV": [],
    "CCurl": [],
    "CFlite": [],
    "CHunspell": [],
    "COpenSSL": [],
    "CPocketsphinx": [],
    "Media": ["CAV"],
    "Storage": [],
    "Transport": ["CCurl", "COpenSSL"],
    "Conversation": ["Storage", "Transport"],
    "Channels": ["Conversation", "Storage", "Transport"],
    "Feedback": ["CHunspell"],
    "Language": ["Conversation", "Storage", "Transport"],
    "Speech": ["Conversation", "Storage", "Transport"],
    "EmbeddedSpeech": ["CFlite", "CPocketsphinx", "Media", "Speech"],
    "Onboarding": ["Conversation", "Language", "Storage"],
    "Learning": ["Conversation", "Language", "Storage"],
    "Accounts": ["Conversation", "Storage", "Transport"],
    "Practice": [
      "Conversation", "Feedback", "Language", "Speech", "Storage", "Transport",
    ],
    "Server": capabilitiesAndBelow,
    "Simulation": capabilitiesAndBelow.union(["Server"]),
    "Bench": capabilitiesAndBelow.union(["Server"]),
    "parlance-speech": ["EmbeddedSpeech", "Media", "Speech"],
    "parlance": capabilitiesAndBelow.union(["Server", "Simulation", "Bench"]),
  ]

  /// Libraries that one target wraps for all others.
  static let wrapped: [String: String] = [
    "CAV": "Media", "CCurl": "Transport", "CFlite": "EmbeddedSpeech", "CHunspell": "Feedback",
    "COpenSSL": "Transport", "CPocketsphinx": "EmbeddedSpeech", "GRDB": "Storage",
    "SQLite3": "Storage",
  ]

  static let all = [floors, wrappers]

  private static let floors = Rule(
    description: "targets import only from floors below",
    caught: .source("import Onboarding"), passed: .source("package import Conversation")
  ) { file in
    guard let target = file.target, file.swift != nil else { return [] }
    guard let below = allowed[target] else {
      return [file.finding(1, "target \(target) is missing in the table of ImportRules.swift")]
    }
    return imports(of: file).compactMap { line, module in
      guard allowed[module] != nil, !below.contains(module), module != target else { return nil }
      return file.finding(line, "\(target) must not import \(module)")
    }
  }

  private static let wrappers = Rule(
    description: "a wrapped library is imported by its wrapper only",
    caught: .source("internal import GRDB"),
    passed: .source("import Storage  // not import GRDB")
  ) { file in
    imports(of: file).compactMap { line, module in
      guard let wrapper = wrapped[module], file.target != wrapper else { return nil }
      return file.finding(line, "\(module) is for \(wrapper) only")
    }
  }

  /// The modules a file imports, with their lines.
  static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
    guard let text = file.swift else { return [] }
    let kinds: Set<Substring> = ["class", "enum", "func", "protocol", "struct", "typealias", "var"]
    return text.codeLines.enumerated().compactMap { index, line in
      var words = line.split(whereSeparator: \.isWhitespace)[...]
      while let word = words.first, word.hasPrefix("@") || isAccessLevel(word) {
        words = words.dropFirst()
      }
      guard words.popFirst() == "import" else { return nil }
      if let kind = words.first, kinds.contains(kind) { words = words.dropFirst() }
      guard let path = words.first, let module = path.split(separator: ".").first else {
        return nil
      }
      return (index + 1, String(module))
    }
  }

  private static func isAccessLevel(_ word: Substring) -> Bool {
    ["package", "internal", "fileprivate", "private", "public"].contains(word)
  }
}
