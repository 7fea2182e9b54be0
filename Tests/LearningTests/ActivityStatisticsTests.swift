@testable import Learning

import Rehearsal
import Storage
import Testing

struct ActivityStatisticsTests {
  private func answers(_ rows: [[Double?]]) -> [ActivityStatistics.Answer] {
    rows.enumerated().flatMap { run, scores in
      scores.enumerated().compactMap { activity, score in
        score.map {
          ActivityStatistics.Answer(
            run: "run-\(run)", activity: activity, kind: "true_false", score: $0)
        }
      }
    }
  }

  @Test func `what good learners get right tells learners apart`() throws {
    // The first activity goes with the others, the second is turned about, the third is for all.
    let rows: [[Double?]] = (0..<12).map { run in
      let isGood = run.isMultiple(of: 2)
      return [isGood ? 1 : 0, isGood ? 0 : 1, 1, isGood ? 1 : 0, isGood ? 1 : 0]
    }
    let found = ActivityStatistics.all(from: answers(rows))
    #expect(found.map(\.share) == [0.5, 0.5, 1, 0.5, 0.5])
    #expect(try #require(found[0].discrimination) > 0.99)
    #expect(try #require(found[1].discrimination) < -0.99)
    #expect(found[2].discrimination == nil)
  }

  @Test func `a correlation worked out by hand is met`() throws {
    // Scores 1 1 1 0 0 against rest scores 1 1 0 0 0, twice: r = (5·2 − 3·2) / √(6·6) = 2/3.
    let once: [[Double?]] = [[1, 1], [1, 1], [1, 0], [0, 0], [0, 0]]
    let found = ActivityStatistics.all(from: answers(once + once))
    #expect(abs(try #require(found[0].discrimination) - 2.0 / 3.0) < 1e-12)
  }

  @Test func `few runs, or nothing else in a run, say nothing`() {
    let few = ActivityStatistics.all(from: answers([[1, 0], [0, 1]]))
    #expect(few.map(\.discrimination) == [nil, nil])
    let alone = ActivityStatistics.all(from: answers(Array(repeating: [1], count: 20)))
    #expect(alone.map(\.discrimination) == [nil])
    #expect(alone.map(\.answers) == [20])
    #expect(ActivityStatistics.all(from: []).isEmpty)
  }

  @Test func `the answers of a lesson are counted, what was skipped is not`() throws {
    let stage = try LearningStage()
    try stage.open(0)
    for word in ["In Rasht", "False", "skip", "I cannot drive to Rasht"] {
      try stage.rehearsal.say(word)
    }
    let found = try stage.rehearsal.database.readBlocking {
      try ActivityStatistics.ofLesson("a1-sample", in: $0)
    }
    #expect(found.map(\.activity) == [0, 1, 3])
    #expect(found.map(\.share) == [0, 1, 1])
  }
}
