import Conversation
import Storage

/// Where somebody stands in a lesson.
struct LessonState: Codable, Sendable, Equatable {
  /// Stands for an activity that was skipped in `percents`.
  static let skippedPercent = -1

  let run: ID<LessonRun>
  let lesson: String
  /// Whether the text has been read and the activities have begun.
  var hasBegun = false
  /// The activities still to come, the open one first.
  var queue: [Int]
  /// Those that come back at the end because the first answer was not right.
  var again: [Int] = []
  /// Whether the second round is running.
  var isRepeat = false
  var attempt: Attempt?
  /// What each activity's first answer was worth, by activity; nil while it is open.
  var percents: [Int?]
  /// The local day on which this run has been counted for the streak.
  var countedDay: Int?
  var xp = 0
  var isCapped = false
  var hasUsedFreeze = false
  var hasEarnedFreeze = false

  /// A fresh run, or one that is taken up again with the answers given so far.
  init(run: ID<LessonRun>, lesson: Lesson, percents known: [Int: Int]) {
    self.run = run
    self.lesson = lesson.id
    let all = 0..<lesson.activities.count
    percents = all.map { known[$0] }
    queue = all.filter { known[$0] == nil }
    again = all.filter { known[$0].map { $0 >= 0 && $0 < 100 } ?? false }
    if queue.isEmpty { startRepeats() }
  }

  /// Whether it belongs to `lesson` as the curriculum has it now.
  func fits(_ lesson: Lesson) -> Bool {
    percents.count == lesson.activities.count
      && (queue + again).allSatisfy(lesson.activities.indices.contains)
  }

  /// Notes the open activity's first answer and goes on to the next one.
  mutating func advance(_ score: Score) {
    guard let activity = queue.first else { return }
    queue.removeFirst()
    attempt = nil
    if !isRepeat {
      let isSkipped = score.outcome == .skipped
      percents[activity] = isSkipped ? Self.skippedPercent : score.percent
      if !isSkipped, score.percent < 100 { again.append(activity) }
    }
    if queue.isEmpty, !isRepeat { startRepeats() }
  }

  private mutating func startRepeats() {
    isRepeat = true
    queue = again
  }

  /// Right answers in percent of what was answered; nil when everything was skipped.
  var accuracyPercent: Int? {
    let answered = percents.compactMap(\.self).filter { $0 >= 0 }
    return answered.isEmpty ? nil : answered.reduce(0, +) / answered.count
  }

  var answeredShare: Double {
    let answered = percents.count { ($0 ?? Self.skippedPercent) >= 0 }
    return percents.isEmpty ? 0 : Double(answered) / Double(percents.count)
  }
}
