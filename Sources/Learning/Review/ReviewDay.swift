import Conversation
import Storage

/// What a day's review is: so many cards as the person's daily minutes allow, those due first, the
/// most forgotten at the head; what is left over waits without a reproach.
struct ReviewDay: Sendable, Equatable {
  /// About half a minute each.
  static let cardsPerMinute = 2
  static let cardsRange = 10...40
  static let minutesDefault = 10
  /// A third of a day at most is new, or the days to come would grow too full.
  static let newShare = 3
  /// After so long away, what has piled up is spread.
  static let awayMs: Int64 = 7 * 86_400_000

  var cards: [ReviewCard] = []
  /// Moved to later days because too many were due at once.
  var postponed: [(card: ReviewCard, days: Int)] = []

  /// Over how many days, today included, what had piled up is spread; 1 when it was not.
  var days: Int { (postponed.map(\.days).max() ?? 0) + 1 }

  static func == (left: ReviewDay, right: ReviewDay) -> Bool {
    left.cards == right.cards && left.postponed.map(\.card) == right.postponed.map(\.card)
      && left.postponed.map(\.days) == right.postponed.map(\.days)
  }

  static func budget(minutes: Int?) -> Int {
    let cards = (minutes ?? minutesDefault) * cardsPerMinute
    return min(max(cards, cardsRange.lowerBound), cardsRange.upperBound)
  }

  /// - Parameters:
  ///   - due: reviewed before and due now.
  ///   - fresh: never reviewed, the oldest first.
  ///   - left: how many cards the day still has room for.
  ///   - budget: how many cards a day has room for.
  ///   - isBack: whether the person has been away for a week or more.
  static func plan(
    due: [ReviewCard], fresh: [ReviewCard], left: Int, budget: Int, isBack: Bool,
    at now: Timestamp, _ scheduler: ReviewScheduler
  ) -> ReviewDay {
    let ordered = mostForgottenFirst(due, at: now, scheduler)
    var day = ReviewDay()
    day.cards = Array(ordered.prefix(left))
    let later = ordered.dropFirst(left)
    if isBack, !later.isEmpty {
      day.postponed = later.enumerated().map { ($0.element, 1 + $0.offset / max(1, budget)) }
    }
    let room = min(left - day.cards.count, budget / newShare)
    if later.isEmpty, room > 0 { day.cards += fresh.prefix(room) }
    return day
  }

  private static func mostForgottenFirst(
    _ cards: [ReviewCard], at now: Timestamp, _ scheduler: ReviewScheduler
  ) -> [ReviewCard] {
    let chances = cards.map { (scheduler.retrievability(of: $0.memory, at: now) ?? 0, $0) }
    return chances.sorted { ($0.0, $0.1.id.text) < ($1.0, $1.1.id.text) }.map(\.1)
  }
}
