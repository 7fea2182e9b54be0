import Conversation
package import Storage

/// How well an activity measures: how hard it is, and whether those who do well elsewhere in the
/// lesson do well in it, too. Nothing of a person is in it.
package struct ActivityStatistics: Sendable, Equatable {
  /// The newest first answers that are looked at.
  static let answersMax = 50_000
  /// Fewer runs say nothing of how an activity tells learners apart.
  package static let runsMin = 10

  /// Its place in the lesson, from 0.
  package let activity: Int
  package let kind: String
  package let answers: Int
  /// Difficulty: the share that was right, from 0 (nobody) to 1 (all).
  package let share: Double
  /// Discrimination: the correlation of its score with the mean of the run's other scores (the
  /// point-biserial correlation with the rest where scores are 0 or 1), from −1 to 1; nil with
  /// too few runs, or where all scores are the same.
  package let discrimination: Double?
  /// What several learners have answered wrongly, the most common first.
  package var wrongAnswers: [WrongAnswers.Common] = []

  /// One first answer: which run it belongs to, and what it was worth, from 0 to 1.
  struct Answer: Sendable, Equatable {
    let run: String
    let activity: Int
    let kind: String
    let score: Double
  }

  /// Of each activity of a version of a lesson that has been answered, in the lesson's order.
  package static func ofLesson(
    _ lesson: String, version: Int = Lesson.firstVersion, in database: Transaction
  ) throws -> [ActivityStatistics] {
    let rows = try database.all(
      """
      SELECT a.run_id, a.activity, a.kind, a.percent FROM lesson_runs r
      JOIN activity_answers a ON a.run_id = r.id
      WHERE r.lesson_id = \(lesson)
        AND coalesce(r.lesson_version, \(Lesson.firstVersion)) = \(version)
        AND a.attempt = 1 AND a.outcome <> 'skipped'
      ORDER BY r.started_at DESC LIMIT \(answersMax)
      """)
    let common = try WrongAnswers.common(in: lesson, version, database)
    return all(
      from: try rows.map {
        Answer(
          run: try $0.value("run_id"), activity: try $0.value("activity"),
          kind: try $0.value("kind"), score: Double(try $0.value("percent", as: Int.self)) / 100)
      }
    ).map { statistics in
      var statistics = statistics
      statistics.wrongAnswers = common[statistics.activity] ?? []
      return statistics
    }
  }

  static func all(from answers: [Answer]) -> [ActivityStatistics] {
    let totals = Dictionary(grouping: answers, by: \.run).mapValues {
      (sum: $0.map(\.score).reduce(0, +), count: $0.count)
    }
    return Dictionary(grouping: answers, by: \.activity).sorted { $0.key < $1.key }
      .map { activity, answers in
        let pairs = answers.compactMap { answer -> (Double, Double)? in
          guard let total = totals[answer.run], total.count > 1 else { return nil }
          return (answer.score, (total.sum - answer.score) / Double(total.count - 1))
        }
        return ActivityStatistics(
          activity: activity, kind: answers.first?.kind ?? "", answers: answers.count,
          share: answers.map(\.score).reduce(0, +) / Double(answers.count),
          discrimination: pairs.count < runsMin ? nil : correlation(pairs))
      }
  }

  /// Pearson's r; nil when one side never changes.
  private static func correlation(_ pairs: [(Double, Double)]) -> Double? {
    let count = Double(pairs.count)
    let meanLeft = pairs.map(\.0).reduce(0, +) / count
    let meanRight = pairs.map(\.1).reduce(0, +) / count
    var product = 0.0
    var left = 0.0
    var right = 0.0
    for pair in pairs {
      product += (pair.0 - meanLeft) * (pair.1 - meanRight)
      left += (pair.0 - meanLeft) * (pair.0 - meanLeft)
      right += (pair.1 - meanRight) * (pair.1 - meanRight)
    }
    return left == 0 || right == 0 ? nil : product / (left * right).squareRoot()
  }
}
