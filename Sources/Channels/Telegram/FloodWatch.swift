import Storage
import Synchronization

/// Tells whether Telegram wants one chat or the whole bot to wait: it does not say. While one or
/// two chats are held it is taken to be theirs alone; a third is taken for the bot's.
final class FloodWatch: Sendable {
  static let chatsMax = 2

  private let heldUntil = Mutex<[String: Timestamp]>([:])

  /// Notes that `chat` has to wait.
  ///
  /// - Returns: whether the bot as a whole should.
  func noteHold(_ chat: String, delayMs: Int64, at now: Timestamp) -> Bool {
    heldUntil.withLock { held in
      held = held.filter { $0.value > now }
      if held[chat] == nil, held.count >= Self.chatsMax {
        held = [:]
        return true
      }
      held[chat] = now.adding(milliseconds: delayMs)
      return false
    }
  }
}
