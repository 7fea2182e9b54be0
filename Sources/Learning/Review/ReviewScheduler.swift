package import Storage

/// What is known of one memory.
package struct Memory: Sendable, Equatable {
  package enum Phase: String, Sendable, SQLConvertible, CaseIterable {
    case learning
    case review
    case relearning
  }

  package var phase = Phase.learning
  /// The place among the short steps; nil in `review`.
  package var step: Int? = 0
  /// In days; nil before the first review.
  package var stability: Double?
  /// From 1 to 10; nil before the first review.
  package var difficulty: Double?
  package var reviewedAt: Timestamp?
  package var dueAt: Timestamp

  package init(dueAt: Timestamp) { self.dueAt = dueAt }

  package init(
    phase: Phase, step: Int?, stability: Double?, difficulty: Double?, reviewedAt: Timestamp?,
    dueAt: Timestamp
  ) {
    self.phase = phase
    self.step = step
    self.stability = stability
    self.difficulty = difficulty
    self.reviewedAt = reviewedAt
    self.dueAt = dueAt
  }
}

/// When to see a memory again. A value: the same review of the same memory gives the same result.
package struct ReviewScheduler: Sendable {
  private static let dayMs: Int64 = 86_400_000

  package let model: MemoryModel
  /// The share that is to be remembered when a memory comes back.
  package let retention: Double
  /// In seconds: what is new comes back within minutes before it is left for days.
  package let learningSteps: [Int]
  package let relearningSteps: [Int]
  /// In days.
  package let intervalMax: Int

  package init(
    model: MemoryModel = .standard, retention: Double = 0.9, learningSteps: [Int] = [60, 600],
    relearningSteps: [Int] = [600], intervalMax: Int = 36_500
  ) {
    self.model = model
    self.retention = retention
    self.learningSteps = learningSteps
    self.relearningSteps = relearningSteps
    self.intervalMax = intervalMax
  }

  /// The chance that it is remembered now; nil before the first review.
  package func retrievability(of memory: Memory, at now: Timestamp) -> Double? {
    guard let stability = memory.stability, let reviewedAt = memory.reviewedAt else { return nil }
    return model.retrievability(
      afterDays: Self.days(from: reviewedAt, to: now), stability: stability)
  }

  package func review(_ memory: Memory, _ grade: Grade, at now: Timestamp) -> Memory {
    var next = memory
    strengthen(&next, grade, at: now)
    let waitMs = wait(&next, grade)
    next.reviewedAt = now
    next.dueAt = now.adding(milliseconds: waitMs)
    return next
  }

  private func strengthen(_ memory: inout Memory, _ grade: Grade, at now: Timestamp) {
    guard let stability = memory.stability, let difficulty = memory.difficulty else {
      memory.stability = model.initialStability(grade)
      memory.difficulty = model.initialDifficulty(grade)
      return
    }
    let elapsed = memory.reviewedAt.map { Self.days(from: $0, to: now) } ?? 0
    memory.stability =
      elapsed < 1
      ? model.sameDayStability(stability, grade)
      : model.nextStability(
        stability, difficulty: difficulty,
        retrievability: model.retrievability(afterDays: elapsed, stability: stability), grade)
    memory.difficulty = model.nextDifficulty(difficulty, grade)
  }

  /// Moves to the next phase and step.
  ///
  /// - Returns: the wait in milliseconds.
  private func wait(_ memory: inout Memory, _ grade: Grade) -> Int64 {
    switch memory.phase {
    case .learning: return waitInSteps(learningSteps, &memory, grade)
    case .relearning: return waitInSteps(relearningSteps, &memory, grade)
    case .review:
      guard grade == .again, let first = relearningSteps.first else { return graduate(&memory) }
      memory.phase = .relearning
      memory.step = 0
      return Int64(first) * 1_000
    }
  }

  private func waitInSteps(_ steps: [Int], _ memory: inout Memory, _ grade: Grade) -> Int64 {
    let step = memory.step ?? 0
    guard let first = steps.first, step < steps.count || grade == .again else {
      return graduate(&memory)
    }
    switch grade {
    case .again:
      memory.step = 0
      return Int64(first) * 1_000
    case .hard:
      memory.step = step
      guard step == 0 else { return Int64(steps[step]) * 1_000 }
      let twice = steps.count == 1 ? first * 3 : first + steps[1]
      return Int64(twice) * 500
    case .good:
      guard step + 1 < steps.count else { return graduate(&memory) }
      memory.step = step + 1
      return Int64(steps[step + 1]) * 1_000
    case .easy: return graduate(&memory)
    }
  }

  private func graduate(_ memory: inout Memory) -> Int64 {
    memory.phase = .review
    memory.step = nil
    let stability = memory.stability ?? MemoryModel.stabilityMin
    return Self.dayMs
      * Int64(model.intervalDays(stability: stability, retention: retention, max: intervalMax))
  }

  private static func days(from start: Timestamp, to end: Timestamp) -> Int {
    Int(max(0, end.milliseconds - start.milliseconds) / dayMs)
  }
}
