import Channels
import Conversation
import Foundation
import Speech
import Storage
import Transport

extension Program {
  private static let newsPause = Duration.milliseconds(250)
  /// Lines that wait, as from a pipe.
  private static let eventsMax = 10_000
  private static let lastAnswerSecondsMax = 60

  /// Talks through a terminal until the lines end and the last one is answered.
  ///
  /// - Parameter worksHere: whether timers and jobs run beside it; false where a server on the same
  ///   store sees to them.
  package func chat<Lines: AsyncSequence & Sendable>(
    lines: Lines, languageHint: String, worksHere: Bool,
    write: @escaping @Sendable (String) -> Void
  ) async throws where Lines.Element == String {
    let chat = terminal(languageHint, write)
    var position = try await terminalRecord()?.position ?? 0
    // Somebody who opens the chat should not have to guess that they may speak first.
    if position == 0 { write("Say hello.") }
    position = max(0, position - 2)
    let (events, continuation) = AsyncStream<TerminalChat.Event>.makeStream(
      bufferingPolicy: .bufferingOldest(Self.eventsMax))
    try await withThrowingTaskGroup(of: Void.self) { [workers] group in
      defer {
        workers.stop()
        group.cancelAll()
      }
      if worksHere { group.addTask { await workers.run() } }
      group.addTask {
        defer { continuation.finish() }
        for try await line in lines {
          while case .dropped = continuation.yield(.line(line)) {
            try await Task.sleep(for: Self.newsPause)
          }
        }
      }
      group.addTask {
        while true {
          try await Task.sleep(for: Self.newsPause)
          continuation.yield(.news)
        }
      }
      position = try await chat.run(events, from: position)
      let end = ContinuousClock.now + .seconds(Self.lastAnswerSecondsMax)
      while try await isTerminalWaiting(), ContinuousClock.now < end {
        try await Task.sleep(for: Self.newsPause)
        position = try await chat.run(Self.oneLook, from: position)
      }
      try await chat.run(Self.oneLook, from: position)
    }
  }

  private static var oneLook: AsyncStream<TerminalChat.Event> {
    AsyncStream { continuation in
      continuation.yield(.news)
      continuation.finish()
    }
  }

  private func terminalRecord() async throws -> ConversationRecord? {
    try await database.read { transaction in
      try ConversationRecord.load(
        channel: .terminal, externalID: TerminalChat.chatID, in: transaction)
    }
  }

  private func isTerminalWaiting() async throws -> Bool {
    guard let record = try await terminalRecord() else { return false }
    return try await database.read { [queue] in try queue.isAwaited(by: record.id, in: $0) }
  }

  private func terminal(
    _ languageHint: String, _ write: @escaping @Sendable (String) -> Void
  ) -> TerminalChat {
    TerminalChat(
      keyPrefix: String(service.time.now().milliseconds), languageHint: languageHint,
      accept: { [service] in try await service.accept($0) },
      fetch: { [database] after in
        try await database.read { transaction in
          try ChatHistory.messages(
            channel: .terminal, chatID: TerminalChat.chatID, after: after, in: transaction)
        }
      }, write: write)
  }

  /// For commands that have finished.
  package func close() async {
    await speech.worker.stop()
    await client.shutdown()
    await database.close()
  }
}
