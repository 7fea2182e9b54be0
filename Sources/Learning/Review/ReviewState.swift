import Conversation
import Storage

/// Where somebody stands in a review.
struct ReviewState: Codable, Sendable, Equatable {
  /// So often a card comes back within one sitting.
  static let repeatsMax = 2

  /// How a card is asked. It grows harder with the memory: choosing the meaning, then typing the
  /// word, then typing what is heard.
  enum Face: String, Codable, Sendable {
    case recognition
    case recall
    case listening
    case activity
  }

  struct Open: Codable, Sendable, Equatable {
    let card: ID<ReviewCard>
    let face: Face
    /// The meanings to choose from, as they are shown.
    var options: [String] = []
    var right = 0
    var attempt: Attempt?
    let askedAt: Timestamp
    var isHinted = false
  }

  /// The cards still to come, the open one first.
  var queue: [ID<ReviewCard>]
  var open: Open?
  /// How often each card has come back.
  var repeats: [String: Int] = [:]
  var asked = 0
  var remembered = 0
  var xp = 0
}

/// What an answer says of a memory.
enum ReviewGrading {
  /// Typed within that time, a right answer came without thinking. The time is from our asking to
  /// the answer's arrival.
  static let quickMs: Int64 = 8_000

  /// Wrong is `again`; a slip, a part of it or a hint is `hard`; right is `good`; right and quick
  /// is `easy`, except where the answer was chosen: one in four is luck.
  static func grade(
    _ score: Score, face: ReviewState.Face, isHinted: Bool, afterMs: Int64
  ) -> Grade {
    switch score.outcome {
    case .wrong, .skipped: return .again
    case .almost: return .hard
    case .partial: return score.percent >= Score.almostPercent ? .hard : .again
    case .right:
      if isHinted { return .hard }
      switch face {
      case .recognition, .activity: return .good
      case .recall, .listening: return afterMs <= quickMs ? .easy : .good
      }
    }
  }
}
