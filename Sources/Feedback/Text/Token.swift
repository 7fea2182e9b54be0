/// A word, a number or a sign of the text, as it was and as it shall be.
struct Token {
  enum Kind {
    case word, number, punctuation
    /// Left alone: other scripts, addresses, names with @, code, emoji.
    case opaque
  }

  private(set) var text: String
  /// Lower case, with the plain apostrophe.
  private(set) var lower: String
  let original: String
  /// UTF-16 offsets in the text; empty for a token that a rule has put in.
  let range: Range<Int>
  let kind: Kind
  var tag: Tag = .nn
  var edit: Edit?
  /// Tokens that rules took out right before this one.
  var removed: [Removed] = []
  /// Whether the token is written without a space before it when it is new.
  var isGlued = false

  struct Removed {
    let original: String
    let range: Range<Int>
    let edit: Edit
  }

  init(_ text: String, range: Range<Int>, kind: Kind) {
    self.text = text
    self.lower = Token.fold(text)
    self.original = range.isEmpty ? "" : text
    self.range = range
    self.kind = kind
  }

  var isNew: Bool { range.isEmpty }
  var isWord: Bool { kind == .word }
  var isCapitalised: Bool { text.first?.isUppercase ?? false }
  var isShouted: Bool { text.utf8.count > 1 && text == text.uppercased() && text != lower }

  mutating func set(_ text: String, edit: Edit) {
    self.text = text
    self.lower = Token.fold(text)
    self.edit = edit
  }

  static func fold(_ text: String) -> String {
    let lower = text.lowercased()
    return lower.contains("\u{2019}") ? lower.replacing("\u{2019}", with: "'") : lower
  }
}

/// Why a token was changed. Tokens with the same number belong to one change.
struct Edit: Equatable {
  let number: Int
  let rule: Rule
  let confidence: Double
}
