package import Storage

/// How fast one channel may be written to: so many calls in any second, and for each chat so many
/// messages at once and then one per spacing.
package struct Pace: Sendable {
  /// Chats that may be written to at once are forgotten beyond this number.
  static let chatsMax = 10_000
  static let windowMs: Int64 = 1_000

  private let limits: SendLimits
  /// When the calls of the last second began, the oldest first.
  private var recent: [Timestamp] = []
  /// For each chat, when all it was sent would have gone out at one message per spacing.
  private var chats: [String: Timestamp] = [:]

  package init(_ limits: SendLimits, now: Timestamp) {
    self.limits = limits
    recent.reserveCapacity(limits.perSecond)
  }

  /// How many calls may begin now.
  package mutating func available(at now: Timestamp) -> Int {
    // A clock set back must not keep a call in the window for longer than a second.
    if let newest = recent.last, newest > now { recent = recent.map { min($0, now) } }
    let windowStart = now.adding(milliseconds: -Self.windowMs)
    recent.removeFirst(recent.prefix { $0 <= windowStart }.count)
    return max(0, limits.perSecond - recent.count)
  }

  /// Counts calls that begin now.
  package mutating func take(_ count: Int, at now: Timestamp) {
    recent.append(contentsOf: repeatElement(now, count: count))
  }

  /// How long to wait before asking again when none are available.
  package var waitMs: Int64 { max(1, Self.windowMs / Int64(max(1, limits.perSecond))) }

  /// When the next message may go to a chat; nil when nothing keeps it.
  package func earliest(forChat chat: String, at now: Timestamp) -> Timestamp? {
    chats[chat].map { usedUntil($0, at: now).adding(milliseconds: -slackMs) }
  }

  /// Counts a message to a chat.
  ///
  /// - Returns: how long the chat has to wait for its next one.
  package mutating func spacingMs(afterMessageTo chat: String, at now: Timestamp) -> Int64 {
    if chats.count > Self.chatsMax {
      chats = chats.filter { $0.value.adding(milliseconds: -slackMs) > now }
    }
    let start = max(chats[chat].map { usedUntil($0, at: now) } ?? now, now)
    let until = start.adding(milliseconds: limits.chatSpacingMs)
    chats[chat] = until
    return max(0, until.milliseconds - now.milliseconds - slackMs)
  }

  /// By how much a chat may be ahead of one message per spacing.
  private var slackMs: Int64 { limits.chatSpacingMs * Int64(max(1, limits.chatBurst) - 1) }

  /// A clock set back must not silence a chat for longer than its burst takes.
  private func usedUntil(_ until: Timestamp, at now: Timestamp) -> Timestamp {
    min(until, now.adding(milliseconds: slackMs + limits.chatSpacingMs))
  }
}
