import Conversation

/// Several answers in one message, as `1b 2a 3c`, or just the letters in order.
enum LetteredAnswer {
  private static let textBytesMax = 400

  /// The place that each number, or each position, is given; nil unless every one has one.
  static func places(_ text: String, count: Int, below limit: Int) -> [Int]? {
    guard count > 1, text.utf8.count <= textBytesMax else { return nil }
    let tokens = tokens(TypedAnswer.normalise(text))
    if tokens.count == count {
      let places = tokens.compactMap(letterPlace).filter { $0 < limit }
      return places.count == count ? places : nil
    }
    guard tokens.count == count * 2 else { return nil }
    var places = [Int?](repeating: nil, count: count)
    for index in stride(from: 0, to: tokens.count, by: 2) {
      let pair = [tokens[index], tokens[index + 1]]
      guard let number = pair.compactMap({ Int($0) }).first, (1...count).contains(number),
        let place = pair.compactMap(letterPlace).first, place < limit
      else { return nil }
      places[number - 1] = place
    }
    let found = places.compactMap(\.self)
    return found.count == count ? found : nil
  }

  private static func letterPlace(_ token: String) -> Int? {
    guard Int(token) == nil else { return nil }
    return token == "الف" ? 0 : TypedAnswer.index(token)
  }

  /// Runs of letters and runs of digits.
  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var wasDigit: Bool?
    for character in text {
      guard character.isLetter || character.isNumber else {
        wasDigit = nil
        continue
      }
      if wasDigit == character.isNumber, let last = tokens.popLast() {
        tokens.append(last + String(character))
      } else {
        tokens.append(String(character))
      }
      wasDigit = character.isNumber
    }
    return tokens
  }
}
