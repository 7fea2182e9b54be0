import Conversation

/// What a model says as a partner, made fit to be shown.
enum PartnerAnswer {
  static let lengthMax = 1_200
  private static let sentenceEnds: Set<Character> = [".", "!", "?", "…"]

  /// Nil when nothing of it may be shown.
  static func shown(_ text: String, instructions: [String]) -> String? {
    let text = cut(text.trimmed)
    guard !text.isEmpty, LanguageOfText.isIn(.english, text),
      !TextSuspicion(instructions: instructions, allowsSelfTalk: true).suspects(text),
      SafetyPolicy.find(in: text) == nil
    else { return nil }
    return text
  }

  /// What came of an answer that broke off: its whole sentences.
  static func whole(_ partial: String) -> String {
    guard let end = partial.lastIndex(where: sentenceEnds.contains) else { return "" }
    return String(partial[...end])
  }

  /// Whether a growing answer may be shown.
  static func isShowable(_ text: String) -> Bool {
    text.count <= lengthMax && !TextSuspicion(allowsSelfTalk: true).suspects(text)
  }

  private static func cut(_ text: String) -> String {
    text.count <= lengthMax ? text : whole(String(text.prefix(lengthMax)))
  }
}
