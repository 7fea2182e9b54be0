import Conversation
import Storage

/// Where somebody stands in a lesson.
struct LessonState: Codable, Sendable, Equatable {
  /// Stands for an activity that was skipped in `percents`.
  static let skippedPercent = -1

  let run: ID<LessonRun>
  let lesson: String
  /// Which of the lesson's texts; nil in what was kept before there were several.
  private(set) var version: Int?
  /// Whether the text has been read and the activities have begun.
  var hasBegun = false
  /// The activities still to come, the open one first.
  var queue: [Int]
  /// Those that come back at the end because the first answer was not right.
  var again: [Int] = []
  /// Whether the second round, or a later one, is running.
  var isRepeat = false
  /// 1 for the lesson itself, 2 for what comes back at its end, more for mistakes that are
  /// repeated later: the attempt under which answers are kept.
  var round = 1
  /// How many were put right in the round that runs.
  var mendedCount = 0
  var attempt: Attempt?
  /// What each activity's first answer was worth, by activity; nil while it is open.
  var percents: [Int?]
  /// The local day on which this run has been counted for the streak.
  var countedDay: Int?
  var xp = 0
  var isCapped = false
  var hasUsedFreeze = false
  var hasEarnedFreeze = false
  /// The voice message that is being listened to.
  var ticket: String?
  /// When something was last said in this lesson.
  var askedAt: Timestamp?

  /// A fresh run, or one that is taken up again with the answers given so far.
  init(run: ID<LessonRun>, lesson: Lesson, given: LessonStore.Given) {
    self.run = run
    self.lesson = lesson.id
    version = lesson.version
    let all = 0..<lesson.activities.count
    percents = all.map { given.percents[$0] }
    queue = all.filter { given.percents[$0] == nil }
    again = all.filter(given.mistakes.contains)
    if queue.isEmpty { startRepeats() }
  }

  /// The mistakes of a lesson that is over.
  init(repeating mistakes: LessonStore.Mistakes, of lesson: Lesson) {
    self.init(run: mistakes.run, lesson: lesson, given: mistakes.given)
    hasBegun = true
    isRepeat = true
    round = mistakes.round
    queue = mistakes.activities
    again = mistakes.activities
  }

  /// Whether the lesson itself is over and only its mistakes are repeated.
  var isAfterwards: Bool { round > 2 }

  /// Whether it belongs to `lesson` as the curriculum has it now.
  func fits(_ lesson: Lesson) -> Bool {
    percents.count == lesson.activities.count
      && (queue + again).allSatisfy(lesson.activities.indices.contains)
  }

  /// Notes the open activity's answer and goes on to the next one.
  mutating func advance(_ score: Score) {
    guard let activity = queue.first else { return }
    queue.removeFirst()
    attempt = nil
    ticket = nil
    if isRepeat {
      if score.outcome == .right { mendedCount += 1 }
      return
    }
    let isSkipped = score.outcome == .skipped
    percents[activity] = isSkipped ? Self.skippedPercent : score.percent
    if !isSkipped, score.outcome != .right { again.append(activity) }
    if queue.isEmpty { startRepeats() }
  }

  private mutating func startRepeats() {
    isRepeat = true
    round = 2
    queue = again
  }

  /// What was reached, in percent of all that is decided; what was skipped counts as not right.
  /// Nil when nothing was answered.
  var accuracyPercent: Int? {
    let decided = percents.compactMap(\.self)
    guard decided.contains(where: { $0 >= 0 }) else { return nil }
    return decided.reduce(0) { $0 + max($1, 0) } / decided.count
  }

  var answeredShare: Double {
    let answered = percents.count { ($0 ?? Self.skippedPercent) >= 0 }
    return percents.isEmpty ? 0 : Double(answered) / Double(percents.count)
  }
}
