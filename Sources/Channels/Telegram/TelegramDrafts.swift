package import Conversation
import Storage
import Synchronization
import Transport

/// Shows an answer that is still being written as a draft, which Telegram forgets by itself after
/// half a minute. The answer proper is an ordinary delivery, so a draft that is lost, refused or
/// late loses nothing and doubles nothing.
package final class TelegramDrafts: Sendable {
  static let chatSpacingMs: Int64 = 1_000
  /// For all chats together: drafts must not use up what messages need.
  static let spacingMs: Int64 = 100
  static let chatsMax = 512
  /// A Bot API without drafts, or a person who cannot be reached, is not asked again for so long.
  static let refusedPauseMs: Int64 = 600_000
  static let unansweredPauseMs: Int64 = 5_000

  private static let timeoutMs = 3_000

  private struct State {
    /// When each chat may be shown something again.
    var chats: [Int64: Timestamp] = [:]
    var resumeAt = Timestamp(milliseconds: 0)
  }

  private let client: TelegramClient
  private let time: TimeSource
  private let state = Mutex(State())

  package init(client: TelegramClient, time: TimeSource) {
    self.client = client
    self.time = time
  }

  /// Returns once Telegram has answered, so that a draft never overtakes the message after it.
  package func show(_ text: String, to externalID: String, language: LanguageCode) async {
    let plain = Markup.plain(text)
    // Only a private chat, whose number is a person's, has drafts.
    guard let chatID = Int64(externalID), chatID > 0,
      plain.contains(where: { !$0.isWhitespace }), plain.utf16.count <= TelegramText.lengthMax,
      admits(chatID)
    else { return }
    var parameters = TelegramParameters()
    parameters.add("chat_id", json: "\(chatID)")
    parameters.add("draft_id", json: "1")
    let html = TelegramText.html(text, language: language)
    parameters.add("text", json: JSONText.quoted(html))
    parameters.add("parse_mode", json: "\"HTML\"")
    let answer = await client.call(
      "sendMessageDraft", parameters, timeouts: .init(totalMs: Self.timeoutMs))
    settle(answer, chatID)
  }

  private func admits(_ chatID: Int64) -> Bool {
    let now = time.now()
    return state.withLock { state in
      guard state.resumeAt <= now, state.chats[chatID].map({ $0 <= now }) ?? true else {
        return false
      }
      if state.chats.count >= Self.chatsMax { state.chats = state.chats.filter { $0.value > now } }
      guard state.chats.count < Self.chatsMax else { return false }
      state.chats[chatID] = now.adding(milliseconds: Self.chatSpacingMs)
      state.resumeAt = now.adding(milliseconds: Self.spacingMs)
      return true
    }
  }

  private func settle(_ answer: TelegramAnswer, _ chatID: Int64) {
    let now = time.now()
    state.withLock { state in
      switch answer {
      case .accepted: break
      case .refused(let refusal) where refusal.code == 429:
        state.resumeAt = now.adding(milliseconds: refusal.retryAfterMs)
      case .refused(let refusal) where [401, 404].contains(refusal.code):
        state.resumeAt = now.adding(milliseconds: Self.refusedPauseMs)
      case .refused:
        state.chats[chatID] = now.adding(milliseconds: Self.refusedPauseMs)
      case .unreadable, .unanswered:
        state.resumeAt = now.adding(milliseconds: Self.unansweredPauseMs)
      }
    }
  }
}
