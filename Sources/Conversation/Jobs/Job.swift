package import Storage

/// The name of a kind of slow work.
package struct JobKind: Hashable, Sendable, ExpressibleByStringLiteral, SQLConvertible {
  package let text: String
  package init(_ text: String) { self.text = text }
  package init(stringLiteral value: String) { text = value }
  package var sqlValue: SQLValue { .text(text) }
  package init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue else { return nil }
    self.text = text
  }
}

/// Slow work a turn asks for.
package struct JobRequest: Sendable, Equatable {
  package let kind: JobKind
  /// What the worker needs, as JSON.
  package let payload: String
  package let delayMs: Int64
  /// When set, a second request with the same key changes nothing while the first is kept.
  package let uniqueKey: String?
  /// After this long the person is told that it takes longer; nil when nobody waits.
  package let lateAfterMs: Int64?

  package init(
    _ kind: JobKind, payload: String = "{}", delayMs: Int64 = 0, uniqueKey: String? = nil,
    lateAfterMs: Int64? = nil
  ) {
    self.kind = kind
    self.payload = payload
    self.delayMs = delayMs
    self.uniqueKey = uniqueKey
    self.lateAfterMs = lateAfterMs
  }
}

/// A piece of work a worker has claimed.
package struct Job: Sendable {
  package let id: ID<Job>
  package let kind: JobKind
  package let payload: String
  package let conversation: ID<ConversationRecord>?
  /// Counted from 1; a snooze does not count.
  package let attempt: Int
}

/// How a piece of work can end: a closed set.
package enum JobOutcome: Sendable, Equatable {
  /// Done; the result, as JSON, goes to the conversation.
  case done(result: String)
  /// Failed for now; try again after a while, at most `JobHandler.attemptsMax` times.
  case retry(reason: String)
  /// Not yet: come back later without counting an attempt.
  case snooze(delayMs: Int64)
  /// No longer wanted; nobody is told.
  case cancel(reason: String)
  /// Can never succeed; the conversation is told.
  case discard(reason: String)
}

/// What a person is shown while their job runs.
package enum JobActivity: Sendable {
  case typing
  /// A voice message is being prepared.
  case recordingVoice
}

/// What does one kind of work.
package struct JobHandler: Sendable {
  package let kind: JobKind
  package let attemptsMax: Int
  /// A run longer than this is taken for stuck and handed to another worker.
  package let timeLimitMs: Int64
  package let activity: JobActivity
  package let run: @Sendable (Job) async -> JobOutcome

  package init(
    _ kind: JobKind, attemptsMax: Int = 5, timeLimitMs: Int64 = 60_000,
    activity: JobActivity = .typing,
    run: @escaping @Sendable (Job) async -> JobOutcome
  ) {
    self.kind = kind
    self.attemptsMax = attemptsMax
    self.timeLimitMs = timeLimitMs
    self.activity = activity
    self.run = run
  }
}
