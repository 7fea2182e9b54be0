/// Turns a reply into the messages a channel can carry, losing nothing: choices that do not fit
/// its buttons become numbered lines, long text is parted between sentences or words.
package enum Renderer {
  package struct Message: Sendable, Equatable {
    package let text: String
    package let choices: [Choice]
  }

  package static func messages(_ reply: Reply, for capabilities: Capabilities) -> [Message] {
    let hasButtons =
      reply.choices.allSatisfy { fits($0, capabilities) }
      && reply.choices.count <= capabilities.buttonsMax
    let text = hasButtons ? reply.text : reply.text + numbered(reply.choices)
    let parts = TextSplitter.parts(text, lengthMax: capabilities.textLengthMax)
    return parts.enumerated().map { index, part in
      let isLast = index == parts.count - 1
      return Message(text: part, choices: isLast && hasButtons ? reply.choices : [])
    }
  }

  private static func fits(_ choice: Choice, _ capabilities: Capabilities) -> Bool {
    choice.title.count <= capabilities.buttonTitleLengthMax
  }

  private static func numbered(_ choices: [Choice]) -> String {
    guard !choices.isEmpty else { return "" }
    let lines = choices.enumerated().map { "\($0.offset + 1). \(Markup.escape($0.element.title))" }
    return "\n\n" + lines.joined(separator: "\n")
  }
}
