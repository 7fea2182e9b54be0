import Conversation
import Storage

/// Deletes everything of a person once the days of grace are over: cancels what waits to be sent,
/// tells the person, then deletes bite by bite. Every step is a transaction that may be repeated,
/// so it goes on after a restart where it was.
struct ErasureJob: Sendable {
  static let kind: JobKind = "erase-person"
  static let attemptsMax = 50
  static let timeLimitMs: Int64 = 600_000
  /// How long the last message may take to go out.
  static let farewellMs: Int64 = 600_000
  static let farewellPauseMs: Int64 = 2_000
  /// More bites than these are left to the next run.
  static let stepsMax = 2_000

  let keepers: [PersonDataKeeper]
  let database: Database
  let time: TimeSource

  var handler: JobHandler {
    JobHandler(Self.kind, attemptsMax: Self.attemptsMax, timeLimitMs: Self.timeLimitMs) { job in
      do {
        return try await run(number: job.payload)
      } catch {
        return .retry(reason: "\(type(of: error))")
      }
    }
  }

  private func run(number: String) async throws -> JobOutcome {
    let now = time.now()
    let erasure = try await database.write { try prepare(number, at: now, in: $0) }
    guard let erasure, let person = erasure.person else {
      return .cancel(reason: "it was withdrawn, or done before")
    }
    switch erasure.state {
    case .waiting:
      return .snooze(delayMs: max(1, erasure.dueAt.milliseconds - now.milliseconds))
    case .announced: return .snooze(delayMs: Self.farewellPauseMs)
    case .erasing, .done: return try await erase(person, number)
    }
  }

  /// Takes the next step towards the deletion itself.
  private func prepare(
    _ number: String, at now: Timestamp, in database: Transaction
  ) throws -> Erasure? {
    guard let erasure = try ErasureStore.find(number, in: database), let person = erasure.person
    else { return nil }
    let conversations = try PersonConversations.all(of: person, in: database)
    switch erasure.state {
    case .waiting where now >= erasure.dueAt:
      for conversation in conversations {
        try MessageArchive.cancelUnsent(conversation.id, at: now, in: database)
      }
      if let last = try PersonConversations.lastServed(
        of: person, for: .service, in: database)
      {
        try ConversationTimers.set(
          TimerRequest(
            ErasureNotices.receipt, dueAt: now, payload: number, waitsForMorning: false),
          in: last.id, database)
      }
      try ErasureStore.announce(number, at: now, in: database)
    case .announced:
      let isOver = (erasure.announcedAt ?? now).adding(milliseconds: Self.farewellMs) <= now
      if try isOver || !conversations.contains(where: { try isSpeaking($0.id, database) }) {
        for conversation in conversations {
          try MessageArchive.cancelUnsent(conversation.id, at: now, in: database)
        }
        try ErasureStore.begin(number, in: database)
      }
    case .waiting, .erasing, .done: break
    }
    return try ErasureStore.find(number, in: database)
  }

  /// Whether the last message has still to go out.
  private func isSpeaking(
    _ conversation: ID<ConversationRecord>, _ database: Transaction
  ) throws -> Bool {
    try ConversationTimers.waits(ErasureNotices.receipt, in: conversation, database)
      || MessageArchive.hasUnsent(conversation, in: database)
  }

  private func erase(_ person: ID<Person>, _ number: String) async throws -> JobOutcome {
    var steps = 0
    // The persons themselves are last, as all else refers to them.
    for keeper in keepers.reversed() {
      var cursor: String?
      repeat {
        let erasure = PersonErasure(person: person, cursor: cursor)
        cursor = try await database.write { transaction in
          let step = try keeper.erase(erasure, transaction)
          try ErasureStore.add(step.counts, to: number, in: transaction)
          return step.next
        }
        steps += 1
        guard steps < Self.stepsMax else { return .snooze(delayMs: 1) }
      } while cursor != nil
    }
    let now = time.now()
    try await database.write { try ErasureStore.finish(number, at: now, in: $0) }
    return .done(result: "{}")
  }
}
