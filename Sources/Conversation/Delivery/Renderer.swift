/// Turns a reply into the messages a channel can carry, losing nothing: choices that do not fit
/// its buttons become numbered lines, long text is parted between sentences or words.
package enum Renderer {
  package struct Message: Sendable, Equatable {
    package let text: String
    package let choices: [Choice]
  }

  package static func messages(_ reply: Reply, for capabilities: Capabilities) -> [Message] {
    let hasButtons = fit(
      reply.choices, capabilities.buttonsMax, titles: capabilities.buttonTitleLengthMax)
    let hasList = fit(
      reply.choices, capabilities.listRowsMax, titles: capabilities.listTitleLengthMax)
    let choices = hasButtons || hasList ? reply.choices : []
    let text = choices.isEmpty ? reply.text + numbered(reply.choices) : reply.text
    var parts = TextSplitter.parts(text, lengthMax: capabilities.textLengthMax)
    if !choices.isEmpty, let last = parts.popLast() {
      parts += TextSplitter.parts(last, lengthMax: capabilities.choiceTextLengthMax)
    }
    return parts.enumerated().map { index, part in
      Message(text: part, choices: index == parts.count - 1 ? choices : [])
    }
  }

  /// Measured as the strictest provider measures, so that no title is ever cut.
  private static func fit(_ choices: [Choice], _ countMax: Int, titles lengthMax: Int) -> Bool {
    choices.count <= countMax && choices.allSatisfy { $0.title.utf16.count <= lengthMax }
  }

  private static func numbered(_ choices: [Choice]) -> String {
    guard !choices.isEmpty else { return "" }
    let lines = choices.enumerated().map { "\($0.offset + 1). \(Markup.escape($0.element.title))" }
    return "\n\n" + lines.joined(separator: "\n")
  }
}
