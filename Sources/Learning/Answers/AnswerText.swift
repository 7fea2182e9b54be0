import Conversation

/// English answers in the form in which two of them are compared.
enum AnswerText {
  /// Shorter words are told apart by one letter too often for a slip to be likely.
  static let slipLengthMin = 4

  /// Lower case, without punctuation and quotes, contractions written out.
  static func form(_ text: String) -> String {
    words(in: TypedAnswer.normalise(text)).map(expand).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// The words of `form`, with one spelling for British and American English and digits for
  /// numbers: two texts with the same words are the same answer.
  static func words(_ text: String) -> [String] {
    let words = form(text).split(separator: " ").map { SpellingVariants.british(String($0)) }
    return NumberWords.inDigits(words)
  }

  static func key(_ text: String) -> String { words(text).joined(separator: " ") }

  /// The text, and with “'d” as “would” and as “had”, either of which it can be.
  static func readings(_ text: String) -> [String] {
    let plain = text.replacing("’", with: "'")
    guard plain.contains("'d") else { return [text] }
    return [text] + ["would", "had"].map { plain.replacing("'d", with: " " + $0) }
  }

  /// Whether there is a word that could be English.
  static func isEnglish(_ text: String) -> Bool {
    text.unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic }
  }

  static func hasDigit(_ text: String) -> Bool { text.contains { $0.isNumber } }

  /// Whether `said` is `answer` with one slip of spelling. A changed ending is grammar, no slip.
  static func isSlip(_ said: String, of answer: String) -> Bool {
    let saidWords = said.split(separator: " ")
    let answerWords = answer.split(separator: " ")
    guard saidWords.count == answerWords.count else { return false }
    let different = zip(saidWords, answerWords).filter { $0 != $1 }
    guard different.count == 1 else { return false }
    let (word, right) = different[0]
    guard right.count >= slipLengthMin, !areForms(word, right) else { return false }
    return EditDistance.isOne(Array(word), Array(right))
  }

  private static func words(in text: String) -> [Substring] {
    // Nearly every answer is ASCII, which needs none of Unicode's tables.
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.split { !isPartOfWord($0) } }
    return text.utf8.split { !isPartOfWord($0) }.map(Substring.init)
  }

  private static func isPartOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "'"
  }

  private static func isPartOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), apostrophe:
      true
    case _: false
    }
  }

  private static func areForms(_ one: Substring, _ other: Substring) -> Bool {
    let (short, long) = one.count < other.count ? (one, other) : (other, one)
    guard long.count > short.count, long.hasPrefix(short), !long.hasSuffix("ss") else {
      return false
    }
    return long.hasSuffix("s") || long.hasSuffix("d") || long.hasSuffix("y") || long.hasSuffix("r")
  }

  private static func expand(_ word: Substring) -> String {
    let text = String(word)
    if let whole = whole[text] { return whole }
    guard text.utf8.contains(apostrophe) else { return text }
    for (ending, expansion) in endings where text.hasSuffix(ending) && text.count > ending.count {
      return text.dropLast(ending.count) + expansion
    }
    return text.filter { $0 != "'" }
  }

  private static let apostrophe = UInt8(ascii: "'")

  private static let endings = [
    ("n't", " not"), ("'re", " are"), ("'ll", " will"), ("'ve", " have"), ("'m", " am"),
  ]

  /// What does not follow the rule, and what is often typed without its apostrophe.
  private static let whole = [
    "can't": "can not", "cannot": "can not", "cant": "can not", "won't": "will not",
    "wont": "will not", "shan't": "shall not", "dont": "do not", "doesnt": "does not",
    "didnt": "did not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "werent": "were not", "havent": "have not", "hasnt": "has not", "im": "i am",
    "youre": "you are", "theyre": "they are", "ive": "i have", "shouldnt": "should not",
    "couldnt": "could not", "wouldnt": "would not", "it's": "it is", "he's": "he is",
    "she's": "she is", "that's": "that is", "what's": "what is", "where's": "where is",
    "who's": "who is", "how's": "how is", "there's": "there is", "here's": "here is",
    "name's": "name is", "'m": "am", "'re": "are", "'ll": "will", "'ve": "have", "'s": "is",
    "thats": "that is", "whats": "what is", "theres": "there is",
  ]
}
