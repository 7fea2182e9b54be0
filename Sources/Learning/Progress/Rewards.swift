/// What learning earns. Points reward effort, not cleverness; knowledge is measured apart from
/// them.
enum Rewards {
  /// A right first answer.
  static let activityXP = 10
  /// A wrong one: trying is what we want to see.
  static let effortXP = 2
  /// A right answer when the activity comes back at the end: mending a mistake is worth something,
  /// but never as much as making none.
  static let repeatXP = 5
  /// For finishing a lesson of which at least half was answered, so that skipping through earns
  /// nothing.
  static let lessonXP = 20
  static let answeredShareMin = 0.5

  /// The most a day can bring for one type of activity, so that an easy one cannot be farmed:
  /// about four lessons' worth.
  static let kindDailyMax = 120
  /// Three finished lessons a day.
  static let lessonDailyMax = 60

  /// A card of a review that was remembered, and one that was not: many small ones make a review.
  static let reviewXP = 2
  static let reviewEffortXP = 1
  static let reviewDailyMax = 60
  /// The name under which reviews are counted.
  static let reviewKind = "review"

  /// An answer to the topic of the day, once a day.
  static let topicXP = 10
  static let topicKind = "topic"

  /// What speaking, reading aloud and talking can bring in a day.
  static let practiceDailyMax = 100
  static let practiceKind = "practice"

  /// The name under which finished lessons are counted beside the types of activity.
  static let lessonKind = "lesson"

  static func xp(for score: Score, isRepeat: Bool) -> Int {
    switch score.outcome {
    case .skipped: 0
    case .right where isRepeat: repeatXP
    case .right, .almost, .partial, .wrong:
      isRepeat ? 0 : effortXP + (activityXP - effortXP) * score.percent / 100
    }
  }
}
