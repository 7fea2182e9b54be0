import Channels
import Conversation
import Foundation
import Storage
import Transport

extension Program {
  /// Talks through a terminal. Timers and jobs run beside it.
  package func chat<Lines: AsyncSequence & Sendable>(
    lines: Lines, languageHint: String, write: @escaping @Sendable (String) -> Void
  ) async throws where Lines.Element == String {
    let chat = TerminalChat(
      keyPrefix: String(service.time.now().milliseconds), languageHint: languageHint,
      accept: { [service] in try await service.accept($0) },
      fetch: { [database] after in
        try await database.read { transaction in
          try ChatHistory.messages(
            channel: .terminal, chatID: TerminalChat.chatID, after: after, in: transaction)
        }
      }, write: write)
    let position = try await database.read { transaction in
      try ConversationRecord.load(
        channel: .terminal, externalID: TerminalChat.chatID, in: transaction)?.position ?? 0
    }
    // Somebody who opens the chat should not have to guess that they may speak first.
    if position == 0 { write("Say hello.") }
    try await chat.run(lines.map { TerminalChat.Event.line($0) }, from: max(0, position - 2))
  }

  /// For commands that have finished.
  package func close() async {
    await client.shutdown()
    await database.close()
  }
}
