package import Conversation

/// A conversation in a terminal: one line is one message.
package struct TerminalChat: Sendable {
  package static let chatID = "local"
  /// Choices are numbered lines; the engine understands their numbers and titles.
  package static let capabilities = Capabilities(
    textLengthMax: 100_000, buttonsMax: 0, buttonTitleLengthMax: 0, settlesButtons: false,
    isPushed: false)

  /// What a chat waits for.
  package enum Event: Sendable, Equatable {
    case line(String)
    /// Something was said without being asked: a job has ended, a timer has come.
    case news
  }

  private let keyPrefix: String
  private let languageHint: String?
  private let accept: @Sendable (Inbound) async throws -> Void
  private let fetch: @Sendable (_ after: Int) async throws -> [ChatMessage]
  private let write: @Sendable (String) -> Void

  /// - Parameters:
  ///   - keyPrefix: different in every run, so that a new line is never taken for an old one.
  ///   - accept: makes a message durable and runs its turn.
  ///   - fetch: what was said after a position.
  ///   - write: shows one text.
  package init(
    keyPrefix: String, languageHint: String? = nil,
    accept: @escaping @Sendable (Inbound) async throws -> Void,
    fetch: @escaping @Sendable (_ after: Int) async throws -> [ChatMessage],
    write: @escaping @Sendable (String) -> Void
  ) {
    self.keyPrefix = keyPrefix
    self.languageHint = languageHint
    self.accept = accept
    self.fetch = fetch
    self.write = write
  }

  /// Talks until the events end.
  ///
  /// - Parameter position: where the conversation stood before; what follows is shown.
  /// - Returns: where it stands now.
  @discardableResult
  package func run<Events: AsyncSequence>(
    _ events: Events, from position: Int = 0
  ) async throws -> Int where Events.Element == Event {
    var position = try await show(after: position)
    var lineCount = 0
    for try await event in events {
      if case .line(let line) = event {
        guard let content = Self.content(line) else { continue }
        lineCount += 1
        try await accept(
          Inbound(
            channel: .terminal, key: "\(Self.chatID)/\(keyPrefix)-\(lineCount)",
            sender: Inbound.Sender(externalID: Self.chatID, languageHint: languageHint),
            content: content))
      }
      position = try await show(after: position)
    }
    return position
  }

  private static func content(_ line: String) -> Content? {
    guard line.contains(where: { !$0.isWhitespace }) else { return nil }
    return CommandText.content(line) ?? .text(line)
  }

  private func show(after position: Int) async throws -> Int {
    var position = position
    for message in try await fetch(position) {
      position = message.position
      if message.author != .person { write(Markup.plain(message.text)) }
    }
    return position
  }
}
