import Foundation
import Learning
import Rehearsal
import Storage
import Testing

/// The scheduler against histories that a published implementation has worked out; they lie beside
/// the project and are skipped where they do not.
@Suite(.enabled(if: ReviewVectors.file != nil, "the vectors lie in ../shared/vectors"))
struct ReviewVectorTests {
  private static let tolerance = 1e-6

  @Test(arguments: [5, 6])
  func `every review of every history is met exactly`(_ version: Int) throws {
    let vectors = try ReviewVectors.load()
    let histories = vectors.histories.filter { $0.fsrs == version }
    #expect(histories.count == 30)
    for history in histories { try check(history) }
  }

  @Test func `the default weights are the published ones`() throws {
    let vectors = try ReviewVectors.load()
    for version in [MemoryModel.Version.five, .six] {
      #expect(vectors.default_parameters[String(version.rawValue)] == MemoryModel.defaults(version))
    }
  }

  private func check(_ history: ReviewVectors.History) throws {
    let scheduler = try history.scheduler()
    var memory = Memory(dueAt: try ReviewVectors.moment(history.created))
    for (index, review) in history.reviews.enumerated() {
      let place: Comment = "\(history.id), review \(index)"
      let now = try ReviewVectors.moment(review.at)
      if let chance = review.retrievability_before {
        #expect(near(scheduler.retrievability(of: memory, at: now), chance), place)
      }
      memory = scheduler.review(memory, try #require(Grade(rawValue: review.rating)), at: now)
      try expect(memory, review, at: now, place)
    }
    let last = try #require(history.reviews.last)
    for point in history.retrievability_after_last {
      let now = try ReviewVectors.moment(last.at).adding(milliseconds: point.days * 86_400_000)
      #expect(near(scheduler.retrievability(of: memory, at: now), point.r), "\(history.id)")
    }
    for review in history.preview {
      let now = try ReviewVectors.moment(review.at)
      let grade = try #require(Grade(rawValue: review.rating))
      try expect(scheduler.review(memory, grade, at: now), review, at: now, "\(history.id) preview")
    }
  }

  private func expect(
    _ memory: Memory, _ review: ReviewVectors.Review, at now: Timestamp, _ place: Comment
  ) throws {
    #expect(near(memory.stability, review.stability), place)
    #expect(near(memory.difficulty, review.difficulty), place)
    #expect(memory.phase.rawValue == review.state.lowercased(), place)
    if let step = review.step { #expect(memory.step == step, place) }
    #expect(memory.dueAt == (try ReviewVectors.moment(review.due)), place)
    if let interval = review.interval_s {
      #expect(Double(memory.dueAt.milliseconds - now.milliseconds) / 1_000 == interval, place)
    }
  }

  private func near(_ value: Double?, _ expected: Double) -> Bool {
    guard let value else { return false }
    return abs(value - expected) <= Self.tolerance * max(1, abs(expected))
  }
}

struct ReviewVectors: Decodable {
  struct Review: Decodable {
    let at: String
    let rating: Int
    let retrievability_before: Double?
    let state: String
    let step: Int?
    let stability: Double
    let difficulty: Double
    let due: String
    let interval_s: Double?
  }

  struct Point: Decodable {
    let days: Int64
    let r: Double
  }

  struct History: Decodable {
    let id: String
    let fsrs: Int
    let parameters: [Double]?
    let desired_retention: Double
    let learning_steps_s: [Int]
    let relearning_steps_s: [Int]
    let maximum_interval: Int
    let created: String
    let reviews: [Review]
    let retrievability_after_last: [Point]
    let preview: [Review]

    func scheduler() throws -> ReviewScheduler {
      let version = try #require(MemoryModel.Version(rawValue: fsrs))
      return ReviewScheduler(
        model: try #require(MemoryModel(version, weights: parameters)),
        retention: desired_retention, learningSteps: learning_steps_s,
        relearningSteps: relearning_steps_s, intervalMax: maximum_interval)
    }
  }

  let default_parameters: [String: [Double]]
  let histories: [History]

  static var file: URL? {
    guard let file = Project.shared?.appendingPathComponent("vectors/fsrs.json"),
      FileManager.default.fileExists(atPath: file.path)
    else { return nil }
    return file
  }

  static func load() throws -> ReviewVectors {
    try JSONDecoder().decode(ReviewVectors.self, from: Data(contentsOf: #require(file)))
  }

  static func moment(_ text: String) throws -> Timestamp {
    let date = try Date(text, strategy: .iso8601)
    return Timestamp(milliseconds: Int64((date.timeIntervalSince1970 * 1_000).rounded()))
  }
}

/// The rules of the scheduler that need no file.
struct ReviewSchedulerTests {
  private let start = Rehearsal.start

  @Test func `weights of another version make no model`() {
    #expect(MemoryModel(.six, weights: MemoryModel.defaults(.five)) == nil)
    #expect(MemoryModel(.five) != nil)
  }

  @Test func `what is remembered better comes back later`() {
    let scheduler = ReviewScheduler()
    let fresh = Memory(dueAt: start)
    let waits = Grade.allCases.map { scheduler.review(fresh, $0, at: start).dueAt }
    #expect(waits == waits.sorted())
    #expect(Set(waits).count == 4)
  }

  @Test func `the chance to remember falls to the retention when a memory is due`() throws {
    let scheduler = ReviewScheduler(learningSteps: [])
    var memory = Memory(dueAt: start)
    for _ in 0..<6 {
      memory = scheduler.review(memory, .good, at: memory.dueAt)
      let chance = try #require(scheduler.retrievability(of: memory, at: memory.dueAt))
      #expect(abs(chance - 0.9) < 0.03)
    }
  }

  @Test func `a lapse comes back within minutes and remembers less of what was`() throws {
    let scheduler = ReviewScheduler(learningSteps: [])
    var memory = scheduler.review(Memory(dueAt: start), .easy, at: start)
    memory = scheduler.review(memory, .good, at: memory.dueAt)
    let before = try #require(memory.stability)
    let lapsed = scheduler.review(memory, .again, at: memory.dueAt)
    #expect(lapsed.phase == .relearning)
    #expect(lapsed.dueAt == memory.dueAt.adding(milliseconds: 600_000))
    #expect(try #require(lapsed.stability) < before)
  }
}
