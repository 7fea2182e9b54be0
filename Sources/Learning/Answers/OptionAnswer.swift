import Conversation

/// Finds which of several shown options an input names.
enum OptionAnswer {
  private static let fillers: Set<Substring> = [
    "option", "number", "answer", "no", "گزینه", "گزینهٔ", "شماره", "شمارهٔ", "رقم",
  ]

  /// A place in `shown`, the titles in the order they are shown; `ids` is what their buttons carry
  /// after `prefix`, in the same order.
  static func place(
    _ input: Input, among shown: [String], ids: [Int], prefix: String = "o"
  ) -> Int? {
    switch input {
    case .choice(let id): return ids.firstIndex { prefix + String($0) == id }
    case .text(let text):
      let key = AnswerText.key(text)
      if let place = shown.firstIndex(where: { AnswerText.key($0) == key }) { return place }
      // `b)`, `(2)`, `option 2`, `گزینهٔ ۲`
      let words = TypedAnswer.normalise(text).split { " ().:-".contains($0) }
        .filter { !fillers.contains($0) }
      guard words.count == 1, let place = words.first.flatMap({ TypedAnswer.index(String($0)) }),
        shown.indices.contains(place)
      else { return nil }
      return place
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: return nil
    }
  }
}
