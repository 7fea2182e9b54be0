/// Cuts a text's tokens into sentences: at closing signs and at line breaks.
enum SentenceSplitter {
  /// A longer "sentence" is cut, so that no rule ever looks at an endless one.
  private static let tokensMax = 120

  static func sentences(_ tokens: [Token], in units: [UInt16]) -> [[Token]] {
    var sentences: [[Token]] = []
    var current: [Token] = []
    for (index, token) in tokens.enumerated() {
      current.append(token)
      let next = index + 1 < tokens.count ? tokens[index + 1] : nil
      if ends(after: token, next: next, in: units) || current.count >= tokensMax {
        sentences.append(current)
        current = []
      }
    }
    if !current.isEmpty { sentences.append(current) }
    return sentences
  }

  private static func ends(after token: Token, next: Token?, in units: [UInt16]) -> Bool {
    guard let next else { return true }
    let gap = units[token.range.upperBound..<next.range.lowerBound]
    if gap.contains(0x0A) || gap.contains(0x2029) { return true }
    if gap.isEmpty { return false }
    guard token.kind == .punctuation, let first = token.text.first else { return false }
    switch first {
    case "!", "?": return next.kind != .punctuation
    case ".", "…":
      let isLong = token.text.count > 1 || first == "…"
      return next.kind != .punctuation && (!isLong || next.isCapitalised)
    case _: return false
    }
  }
}
