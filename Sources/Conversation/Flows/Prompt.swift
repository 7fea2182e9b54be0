/// The question a conversation waits on: what its buttons mean, and which message carries them.
package struct Prompt: Sendable, Equatable {
  /// The position of the message that asked; part of every button's token, so that a press on an
  /// older question is never taken for an answer to this one.
  package let position: Int
  package let choices: [Choice]
  package let acceptsText: Bool
  /// Whether it asks where the person is, so that a button for that may be on their screen.
  package let asksForLocation: Bool

  package init(
    position: Int, choices: [Choice], acceptsText: Bool, asksForLocation: Bool = false
  ) {
    self.position = position
    self.choices = choices
    self.acceptsText = acceptsText
    self.asksForLocation = asksForLocation
  }

  /// What a button of the question at `position` carries.
  package static func token(_ choice: Choice, at position: Int) -> String {
    choice.isCommand ? choice.id : "\(position):\(choice.id)"
  }

  /// The choice a press stands for; nil when it belongs to another question.
  package func choice(forToken token: String) -> Choice? {
    let fields = token.split(separator: ":", maxSplits: 1)
    guard fields.count == 2, Int(fields[0]) == position else { return nil }
    return choices.first { $0.id == fields[1] }
  }

  /// The choice that typed words stand for: its title, or, unless the question wants text, its
  /// number or letter.
  package func choice(forText text: String) -> Choice? {
    choice(forNormalised: TypedAnswer.normalise(text))
  }

  func choice(forNormalised answer: String) -> Choice? {
    // Nothing is left of a picture, in a title as well as in what is typed.
    guard !answer.isEmpty else { return nil }
    let named = choices.first { choice in
      // No letter doubles its bytes when it is normalised: most of what is typed needs no look.
      answer.utf8.count <= choice.title.utf8.count * 2
        && TypedAnswer.normalise(choice.title) == answer
    }
    if let named { return named }
    guard !acceptsText, let index = TypedAnswer.index(answer) else { return nil }
    return choices.indices.contains(index) ? choices[index] : nil
  }
}

/// A prompt is stored as lines, as it is read and written in every turn: its position, whether
/// it takes text and whether it asks for a place, then the id and the title of each choice.
extension Prompt {
  init?(stored text: String) {
    // By bytes: to find the borders of characters costs more than all the rest.
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map(Substring.init)
    guard let head = lines.first?.utf8.split(separator: UInt8(ascii: " ")),
      (2...3).contains(head.count), let position = Int(Substring(head[0]))
    else { return nil }
    let choices = stride(from: 1, to: lines.count - 1, by: 2).map {
      Choice(String(lines[$0]), String(lines[$0 + 1]))
    }
    self.init(
      position: position, choices: choices, acceptsText: Substring(head[1]) == "text",
      asksForLocation: head.count == 3)
  }

  var stored: String {
    var text = "\(position) \(acceptsText ? "text" : "choice")"
    if asksForLocation { text += " location" }
    for choice in choices {
      text += "\n"
      text += choice.id
      text += "\n"
      let isOneLine = choice.title.utf8.allSatisfy { $0 != UInt8(ascii: "\n") }
      text += isOneLine ? choice.title : choice.title.replacing("\n", with: " ")
    }
    return text
  }
}
