import Conversation
import Storage

/// Asking for a deletion, and thinking again.
struct ErasureRequests: Sendable {
  static let graceDays = 7
  static let graceMs = Int64(graceDays) * 86_400_000
  /// How long before the end the person is reminded.
  static let noticeMs: Int64 = 86_400_000
  static let numberLength = 10

  let keys: AccountKeys

  func request(_ turn: Turn) throws -> Erasure? {
    if let known = try ErasureStore.find(of: turn.person.id, in: turn.database) { return known }
    let number = try LinkCode.make(length: Self.numberLength, keys.bytes)
    let dueAt = turn.now.adding(milliseconds: Self.graceMs)
    try ErasureStore.add(
      number, person: turn.person.id, at: turn.now, dueAt: dueAt, in: turn.database)
    try turn.startApart(
      JobRequest(
        ErasureJob.kind, payload: number, delayMs: Self.graceMs,
        uniqueKey: "erase \(number)"))
    try warn(number, dueAt: dueAt, turn)
    return try ErasureStore.find(number, in: turn.database)
  }

  /// All channels hear of it, as it may not have been the person who asked: those other than this
  /// one at once, and all of them the day before.
  private func warn(_ number: String, dueAt: Timestamp, _ turn: Turn) throws {
    let soon = TimerRequest(
      ErasureNotices.soon, dueAt: dueAt.adding(milliseconds: -Self.noticeMs), payload: number)
    let asked = TimerRequest(
      ErasureNotices.asked, dueAt: turn.now, payload: number, waitsForMorning: false)
    for conversation in try PersonConversations.all(of: turn.person.id, in: turn.database) {
      try turn.setTimer(soon, in: conversation.id)
      if conversation.id != turn.conversation { try turn.setTimer(asked, in: conversation.id) }
    }
  }

  /// - Returns: false when there is none that could still be withdrawn.
  func withdraw(_ turn: Turn) throws -> Bool {
    try ErasureStore.withdraw(turn.person.id, in: turn.database)
  }
}

/// What is said before and while everything is deleted.
enum ErasureNotices {
  static let asked = "erasure-asked"
  static let soon = "erasure-soon"
  static let receipt = "erasure-receipt"

  static let askedHandler = TimerHandler(asked) { try warn(.asked, of: $0, $1) }
  static let soonHandler = TimerHandler(soon) { try warn(.soon, of: $0, $1) }

  /// Says so unless the person has thought again.
  private static func warn(_ phrase: PrivacyPhrase, of number: String, _ turn: Turn) throws {
    guard let erasure = try ErasureStore.find(of: turn.person.id, in: turn.database),
      erasure.number == number, erasure.state == .waiting
    else { return }
    try turn.notify(
      Reply(
        turn.phrase(phrase, ["at": .text(erasure.dueAt.text(turn))]),
        choices: [.command("privacy", turn.phrase(PrivacyPhrase.open))]))
  }

  static let receiptHandler = TimerHandler(receipt) { number, turn in
    try turn.notify(
      Reply(
        turn.phrase(PrivacyPhrase.begins, ["number": .text(ReceiptNumber.shown(number))])))
  }
}
