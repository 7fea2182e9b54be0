import Channels
import Conversation
import Logging
import Storage
import Synchronization

/// Shows an answer that is still being written on the page and as a draft on Telegram. Where it
/// cannot be shown, and where the bot may not speak, nothing happens.
struct LiveAnswers: LiveText {
  /// Longer than any message.
  static let textLengthMax = 8_000

  let hub: WebChatHub
  let drafts: TelegramDrafts?
  let database: Database
  let time: TimeSource
  let logger: Logger
  private let pace = LivePace()

  init(
    hub: WebChatHub, drafts: TelegramDrafts?, database: Database, time: TimeSource, logger: Logger
  ) {
    self.hub = hub
    self.drafts = drafts
    self.database = database
    self.time = time
    self.logger = logger
  }

  func show(_ text: String, in conversation: ID<ConversationRecord>) async {
    guard !text.isEmpty, text.utf16.count <= Self.textLengthMax,
      pace.isDue(conversation, at: time.now())
    else { return }
    do {
      let record = try await database.read { try ConversationRecord.load(conversation, in: $0) }
      guard let record, record.isServed, pace.take(conversation, at: time.now()) else { return }
      switch record.channel {
      case .webchat:
        let json = WebChatView.draft(text, language: record.person.language)
        hub.send(.draft(json: json), to: record.externalID)
      case .telegram:
        await drafts?.show(text, to: record.externalID, language: record.person.language)
      case .sms, .terminal, .whatsapp: break
      }
    } catch {
      logger.debug("no draft shown", metadata: ["fault": .string("\(type(of: error))")])
    }
  }
}

/// Lets each conversation be shown something a few times a second: a model may have news for every
/// word.
final class LivePace: Sendable {
  static let spacingMs: Int64 = 150
  static let conversationsMax = 1_024

  private let shownAt = Mutex<[ID<ConversationRecord>: Timestamp]>([:])

  /// Whether it is worth a look at the store.
  func isDue(_ conversation: ID<ConversationRecord>, at now: Timestamp) -> Bool {
    let before = now.adding(milliseconds: -Self.spacingMs)
    return shownAt.withLock { $0[conversation].map { $0 <= before } ?? true }
  }

  func take(_ conversation: ID<ConversationRecord>, at now: Timestamp) -> Bool {
    let before = now.adding(milliseconds: -Self.spacingMs)
    return shownAt.withLock { shownAt in
      if let last = shownAt[conversation], last > before { return false }
      if shownAt.count >= Self.conversationsMax { shownAt = shownAt.filter { $0.value > before } }
      guard shownAt.count < Self.conversationsMax else { return false }
      shownAt[conversation] = now
      return true
    }
  }
}
