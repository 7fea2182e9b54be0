import Conversation
import Foundation
import Learning
import Logging
import Server
import Storage

/// What a step of a lesson, `/progress` and its picture cost beside many learners with a past. Each
/// turn is measured from the message to its commit on the disk; those measured have learned for a
/// year.
struct LearningBenchmark: Sendable {
  private static let learnersCount = 100_000
  private static let measuredCount = 100
  private static let warmUpsCount = 5
  private static let picturesCount = 60
  private static let stepMillisecondsMax = 2.0
  private static let progressMillisecondsMax = 20.0
  private static let pictureMillisecondsMax = 60.0
  private static let lesson = "b1-the-lost-phone"

  let options: BenchmarkOptions
  let stage: Stage

  func run() async throws {
    let folder = try await stage.newFolder("home-learning")
    let settings = try await Settings.load(environment: ["PARLANCE_HOME": folder.path])
    var logger = Logger(label: "bench")
    logger.logLevel = .error
    let program = try Program.open(
      settings, root: options.root, metrics: MetricsRegistry(), logger: logger)
    let curriculum = try Curriculum.load(
      from: URL(filePath: options.root).appending(path: "Curriculum"))
    let seeded = try ContinuousClock().measure {
      try program.seedLearners(Self.learnersCount, longCount: Self.measuredCount, from: curriculum)
    }
    print("\(Self.learnersCount.formatted()) learners made in \(Int(seeded / .seconds(1))) s")
    let figures = try await measure(program, curriculum)
    await program.close()
    show("a step of a lesson", figures.steps, Self.stepMillisecondsMax)
    show("/progress with its picture", figures.progress, Self.progressMillisecondsMax)
    show("the picture of a week alone", pictures(), Self.pictureMillisecondsMax)
  }

  private struct Figures {
    var steps = LatencyHistogram()
    var progress = LatencyHistogram()
  }

  private func measure(_ program: Program, _ curriculum: Curriculum) async throws -> Figures {
    guard let lesson = curriculum[Self.lesson] else {
      throw BenchmarkFault.missing("the lesson \(Self.lesson)")
    }
    var figures = Figures()
    for number in 0..<Self.measuredCount {
      var unmeasured = LatencyHistogram()
      let isWarmUp = number < Self.warmUpsCount
      let chat = String(Program.seedChatFirst + number)
      let learn = Content.command(name: "learn", argument: Self.lesson)
      try await send(learn, "open", chat, program, &unmeasured)
      try await send(.text("begin"), "begin", chat, program, &unmeasured)
      for (place, answer) in lesson.solutions.enumerated() {
        var taken = LatencyHistogram()
        try await send(
          .text(answer.isEmpty ? "1a 2b 3c 4d" : answer), "answer-\(place)", chat, program, &taken)
        if !isWarmUp { figures.steps.add(taken) }
      }
      var taken = LatencyHistogram()
      let progress = Content.command(name: "progress", argument: "")
      try await send(progress, "progress", chat, program, &taken)
      if !isWarmUp { figures.progress.add(taken) }
    }
    return figures
  }

  private func send(
    _ content: Content, _ key: String, _ chat: String, _ program: Program,
    _ histogram: inout LatencyHistogram
  ) async throws {
    let inbound = Inbound(
      channel: .telegram, key: "bench-\(chat)-\(key)", sender: .init(externalID: chat),
      content: content)
    let clock = ContinuousClock()
    let start = clock.now
    let receipt = try await program.service.accept(inbound)
    histogram.record(microseconds: Int((clock.now - start) / .microseconds(1)))
    guard receipt.outcome == .handled else {
      throw BenchmarkFault.failed("a turn", log: "\(receipt.outcome)")
    }
  }

  private func pictures() -> LatencyHistogram {
    var histogram = LatencyHistogram()
    let clock = ContinuousClock()
    for number in 0..<Self.picturesCount {
      let start = clock.now
      let picture = SampleHistory.picture(rightToLeft: number.isMultiple(of: 2))
      let time = clock.now - start
      if !picture.isEmpty { histogram.record(microseconds: Int(time / .microseconds(1))) }
    }
    return histogram
  }

  private func show(_ name: String, _ histogram: LatencyHistogram, _ millisecondsMax: Double) {
    let median = Double(histogram.microseconds(atShare: 0.5)) / 1_000
    let last = Double(histogram.microseconds(atShare: 0.99)) / 1_000
    BenchmarkTable.show("\(name), median", median, unit: " ms", .atMost(millisecondsMax))
    print("  p99 \(BenchmarkTable.decimal(last, places: 2)) ms of \(histogram.count)")
  }
}
