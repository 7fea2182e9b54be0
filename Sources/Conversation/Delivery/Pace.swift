package import Storage

/// How fast one channel may be written to: a token bucket for the whole and one for each chat.
package struct Pace: Sendable {
  /// Chats whose bucket is full again are forgotten beyond this number.
  static let chatsMax = 10_000

  private let limits: SendLimits
  private var tokens: Double
  private var refilledAt: Timestamp
  private var chats: [String: Bucket] = [:]

  private struct Bucket {
    var emptyUntil: Timestamp
  }

  package init(_ limits: SendLimits, now: Timestamp) {
    self.limits = limits
    tokens = Double(limits.perSecond)
    refilledAt = now
  }

  /// How many calls may begin now.
  package mutating func available(at now: Timestamp) -> Int {
    let elapsedMs = max(0, now.milliseconds - refilledAt.milliseconds)
    tokens = min(
      Double(limits.perSecond), tokens + Double(elapsedMs) * Double(limits.perSecond) / 1_000)
    refilledAt = now
    return Int(tokens)
  }

  package mutating func take(_ count: Int) { tokens -= Double(count) }

  /// When the next token will be there, from the last refill.
  package var waitMs: Int64 { max(1, 1_000 / Int64(max(1, limits.perSecond))) }

  /// Counts a message to a chat.
  ///
  /// - Returns: how long the chat has to wait for its next one.
  package mutating func spacingMs(afterMessageTo chat: String, at now: Timestamp) -> Int64 {
    if chats.count > Self.chatsMax { chats = chats.filter { $0.value.emptyUntil > now } }
    let start = max(chats[chat]?.emptyUntil ?? now, now)
    let until = start.adding(milliseconds: limits.chatSpacingMs)
    chats[chat] = Bucket(emptyUntil: until)
    let allowance = limits.chatSpacingMs * Int64(limits.chatBurst)
    return max(0, until.milliseconds - now.milliseconds - allowance + limits.chatSpacingMs)
  }
}
