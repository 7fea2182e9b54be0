import Conversation

/// Whether a model's words may be shown at all: no links, no code, no talk about itself or about
/// what it was told.
package struct TextSuspicion: Sendable {
  /// So many words in a row taken from our own instructions are a leak.
  static let leakedWordsMin = 8

  private static let marks = [
    "http:", "https:", "www.", "://", "t.me/", "wa.me/", "mailto:", "](", "```", "<!--", "{{", "}}",
    "<|", "|>", "[inst]", "&lt;", "&#",
  ]
  private static let orders = "instructions|instruction|prompt|prompts|rules"
  /// About what it was told.
  private static let leaks: [WordPattern] = [
    "ignore|disregard|forget all|any|the|your|my? previous|prior|above|earlier|my? \(orders)",
    "system|developer|hidden|initial prompt|message|instructions", "my instructions",
    "mention|reveal|repeat|share these|my|the|any \(orders)",
    "i was|am told|instructed|programmed never|not to?",
    "developer mode", "jailbreak|jailbroken", "do anything now", "learner json|schema",
    "دستورهای|دستورات قبلی|سیستم", "پرامپت", "تعليمات النظام",
  ].map(WordPattern.init)
  /// About itself: no part of a correction, though an honest answer to an honest question.
  private static let selfTalk: [WordPattern] = [
    "as an ai", "as a language|large", "i am an|a ai|language|large", "im an|a ai|language|large",
    "language model", "مدل زبانی", "نموذج لغوي",
  ].map(WordPattern.init)
  private static let topDomains: Set<String> = [
    "com", "net", "org", "io", "ir", "ru", "info", "me", "app", "dev", "xyz", "co",
    "example", "site", "online", "top", "shop", "biz", "link", "click", "eu", "uk",
  ]

  /// Runs of words of what the model was told.
  private let told: Set<[String]>
  private let allowsSelfTalk: Bool

  /// - Parameters:
  ///   - instructions: what the model was told, without the learner's words.
  ///   - allowsSelfTalk: whether it may say what it is.
  package init(instructions: [String] = [], allowsSelfTalk: Bool = false) {
    var runs: Set<[String]> = []
    for text in instructions {
      let words = PatternWords.of(text)
      guard words.count >= Self.leakedWordsMin else { continue }
      for start in 0...(words.count - Self.leakedWordsMin) {
        runs.insert(Array(words[start..<(start + Self.leakedWordsMin)]))
      }
    }
    told = runs
    self.allowsSelfTalk = allowsSelfTalk
  }

  /// - Returns: whether the text must not be shown.
  package func suspects(_ text: String) -> Bool {
    let lower = text.lowercased()
    if Self.marks.contains(where: lower.contains) { return true }
    if Self.hasTag(lower) || Self.hasAddress(lower) { return true }
    if text.unicodeScalars.contains(where: Self.isControl) { return true }
    let words = PatternWords.of(text)
    let phrases = allowsSelfTalk ? Self.leaks : Self.leaks + Self.selfTalk
    if phrases.contains(where: { !$0.ends(in: words).isEmpty }) { return true }
    return repeatsInstructions(words)
  }

  private func repeatsInstructions(_ words: [String]) -> Bool {
    guard !told.isEmpty, words.count >= Self.leakedWordsMin else { return false }
    return (0...(words.count - Self.leakedWordsMin)).contains {
      told.contains(Array(words[$0..<($0 + Self.leakedWordsMin)]))
    }
  }

  /// `<b`, `</p`, `<!doctype`.
  private static func hasTag(_ text: String) -> Bool {
    var isOpen = false
    for character in text {
      if isOpen, character.isLetter || character == "/" || character == "!" { return true }
      isOpen = character == "<"
    }
    return false
  }

  /// `name@host`, `example.com`, a long number to call.
  private static func hasAddress(_ text: String) -> Bool {
    text.split(whereSeparator: \.isWhitespace).contains { word in
      if word.contains("@"), word.first != "@", word.last != "@" { return true }
      let labels = word.split(separator: ".").map {
        $0.prefix { $0.isLetter || $0.isNumber || $0 == "-" }
      }
      if labels.count > 1, topDomains.contains(String(labels.last ?? "")),
        labels.allSatisfy({ !$0.isEmpty })
      {
        return true
      }
      return word.filter(\.isNumber).count >= 8
    }
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\n" && scalar != "\t"
    case .privateUse, .unassigned, .surrogate: true
    case _: false
    }
  }
}
