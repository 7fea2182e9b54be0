/// Turns a reply into the messages a channel can carry, losing nothing: choices that do not fit
/// its buttons become numbered lines, long text is parted between sentences or words.
package enum Renderer {
  package struct Message: Sendable, Equatable {
    package let text: String
    package let choices: [Choice]
    package var carriesFile = false
    package var asksForLocation = false
  }

  /// - Parameter isOpen: whether it is the question that a number would answer. Where it is not,
  ///   its commands stand beside their titles in place of numbers.
  package static func messages(
    _ reply: Reply, for capabilities: Capabilities, isOpen: Bool = true
  ) -> [Message] {
    let hasButtons = fit(
      reply.choices, capabilities.buttonsMax, titles: capabilities.buttonTitleLengthMax)
    let hasList = fit(
      reply.choices, capabilities.listRowsMax, titles: capabilities.listTitleLengthMax)
    let choices = hasButtons || hasList ? reply.choices : []
    var text = reply.text
    if choices.isEmpty { text += isOpen ? numbered(reply.choices) : commands(reply.choices) }
    var parts = TextSplitter.parts(text, lengthMax: capabilities.textLengthMax)
    if !choices.isEmpty, let last = parts.popLast() {
      parts += TextSplitter.parts(last, lengthMax: capabilities.choiceTextLengthMax)
    }
    let messages = parts.enumerated().map { index, part in
      let isLast = index == parts.count - 1
      return Message(
        text: part, choices: isLast ? choices : [],
        asksForLocation: isLast && reply.asksForLocation)
    }
    guard let media = reply.media else { return messages }
    return placed(media, messages, capabilities)
  }

  /// The file with the words under it, or before them where they do not fit there.
  private static func placed(
    _ media: OutgoingMedia, _ messages: [Message], _ capabilities: Capabilities
  ) -> [Message] {
    let said = messages.filter { !$0.isBlank }
    guard let captionLengthMax = capabilities.captionLengthMax else { return said }
    guard let first = said.first else {
      return [Message(text: "", choices: [], carriesFile: true)]
    }
    let isCaption =
      said.count == 1 && first.choices.isEmpty && !first.asksForLocation
      && (media.kind != .voice || capabilities.captionsVoice)
      && Markup.plain(first.text).utf16.count <= captionLengthMax
    if isCaption { return [Message(text: first.text, choices: [], carriesFile: true)] }
    return [Message(text: "", choices: [], carriesFile: true)] + said
  }

  /// Measured as the strictest provider measures, so that no title is ever cut.
  private static func fit(_ choices: [Choice], _ countMax: Int, titles lengthMax: Int) -> Bool {
    choices.count <= countMax && choices.allSatisfy { $0.title.utf16.count <= lengthMax }
  }

  private static func commands(_ choices: [Choice]) -> String {
    let lines = choices.filter(\.isCommand).map {
      "• \(Markup.escape($0.title)): \(Markup.escape($0.id))"
    }
    return lines.isEmpty ? "" : "\n\n" + lines.joined(separator: "\n")
  }

  private static func numbered(_ choices: [Choice]) -> String {
    guard !choices.isEmpty else { return "" }
    let lines = choices.enumerated().map { "\($0.offset + 1). \(Markup.escape($0.element.title))" }
    return "\n\n" + lines.joined(separator: "\n")
  }
}

extension Renderer.Message {
  fileprivate var isBlank: Bool {
    choices.isEmpty && Markup.plain(text).allSatisfy(\.isWhitespace)
  }
}
