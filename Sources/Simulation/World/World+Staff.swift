import Conversation
import Storage

/// Members of staff take conversations over, give them back, and retry what failed.
extension World {
  private static let staffStaysMs: ClosedRange<Int64> = 5_000...60_000
  private static let retryLaterMs: Int64 = 5_000

  func changeOwner(_ number: Int, toStaff: Bool) throws {
    guard let conversation = people[number].conversation,
      people[number].isStaffOwned != toStaff
    else { return }
    guard isUp else {
      if !toStaff { agenda.plan(.staffLeaves(number), at: nowMs + Self.retryLaterMs) }
      return
    }
    try machine.changeOwner(
      conversation, to: toStaff ? "staff-1" : ConversationRecord.botOwner, at: clock)
    journal.note(.ownerChanged, at: nowMs, who: number, toStaff ? 1 : 0)
    people[number].isStaffOwned = toStaff
    people[number].epoch += 1
    people[number].wasAlwaysServed = false
    guard toStaff else { return }
    let stay = chance.between(Self.staffStaysMs.lowerBound, Self.staffStaysMs.upperBound)
    agenda.plan(.staffLeaves(number), at: nowMs + stay)
  }

  /// The console's "retry", for every message that is kept as failed.
  func retryAllFailed() throws {
    guard isUp else {
      return agenda.plan(.failedAreRetried, at: nowMs + Self.retryLaterMs)
    }
    // The clock may have been set back since the last trap was set.
    guard clock >= trapsEndAt else {
      return agenda.plan(.failedAreRetried, at: max(nowMs + 1, trueMs(trapsEndAt)))
    }
    for number in people.indices where people[number].isServed {
      while let failed = people[number].failed.popLast() { try retry(failed, of: number) }
    }
  }

  private func retry(_ failed: (token: String, position: Int), of number: Int) throws {
    guard let conversation = people[number].conversation else { return }
    let receipt = try machine.write {
      try machine.engine.retry(conversation, position: failed.position, at: clock, in: $0)
    }
    guard let receipt else { throw Violation("a failed message is lost") }
    turnsCount += 1
    journal.note(.retried, at: nowMs, who: number, Int64(failed.position))
    try checkRetried(failed.token)
    wake(receipt)
  }
}
