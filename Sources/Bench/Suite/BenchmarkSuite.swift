import Dispatch
import Foundation

/// Measures this program beside a bare server and beside aiogram with Redis, in alternating runs on
/// one machine, and prints the ratios: only they mean something elsewhere.
package enum BenchmarkSuite {
  package static func run(_ options: BenchmarkOptions) async throws {
    // It needs neither servers nor peers, so it runs where they are not installed.
    if options.parts == [.feedback] { return try FeedbackFigures(root: options.root).run() }
    let stage = try Stage(options)
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await runBounded(options, stage))
    } catch {
      outcome = .failure(error)
    }
    // In a task of its own: the children must go even when this one was cancelled.
    await Task { await stage.clear() }.value
    try outcome.get()
  }

  /// Whatever comes first ends it: the last number, the time limit, or Ctrl-C.
  private static func runBounded(_ options: BenchmarkOptions, _ stage: Stage) async throws {
    let interrupts = Interrupts()
    defer { interrupts.stop() }
    let signals = interrupts.signals
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await measure(options, stage)
        return true
      }
      group.addTask {
        try await ProviderSink.run(port: stage.sinkPort)
        return false
      }
      group.addTask {
        try await Task.sleep(for: .seconds(options.secondsMax))
        throw BenchmarkFault.tookTooLong
      }
      group.addTask {
        for await _ in signals { throw BenchmarkFault.interrupted }
        return false
      }
      defer { group.cancelAll() }
      while let isComplete = try await group.next(), !isComplete {}
    }
  }

  private static func measure(_ options: BenchmarkOptions, _ stage: Stage) async throws {
    print(
      "\(options.connections) connections, \(options.chats) chats, medians of \(options.rounds)"
        + " alternating runs of \(options.secondsPerRound) s")
    for part in options.parts {
      print("\n\(part.title)  (parlance bench --only \(part.rawValue))")
      switch part {
      case .throughput: try await ThroughputBenchmark(options: options, stage: stage).run()
      case .slowDisk: try await SlowDiskBenchmark(options: options, stage: stage).run()
      case .start: try await StartBenchmark(options: options, stage: stage).run()
      case .growth: try await GrowthBenchmark(options: options, stage: stage).run()
      case .sends: try await SendBenchmark(options: options, stage: stage).run()
      case .whatsAppParse: try WhatsAppParseBenchmark().run()
      case .feedback: try FeedbackFigures(root: options.root).run()
      case .voice: try await VoiceBenchmark(options: options, stage: stage).run()
      case .learning: try await LearningBenchmark(options: options, stage: stage).run()
      }
    }
  }
}

extension BenchmarkOptions.Part {
  fileprivate var title: String {
    switch self {
    case .throughput: "Durable webhook turns"
    case .slowDisk: "The same on a disk that takes 8 ms longer for each fsync"
    case .start: "From start to the first answer on an existing database"
    case .growth: "A turn with 1,000 and with 1,000,000 stored conversations"
    case .sends: "Calls to a provider on this machine"
    case .whatsAppParse: "Verifying and parsing a text message from WhatsApp"
    case .learning: "Lessons and progress beside 100,000 learners with a past"
    case .voice: "From a voice note to its spoken answer, on one core"
    case .feedback: "The built-in check of English on learners' sentences"
    }
  }
}

/// SIGINT and SIGTERM as a stream, while it lives.
private struct Interrupts {
  let signals: AsyncStream<Int32>
  private let sources: [any DispatchSourceSignal]

  init() {
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.signals = signals
    sources = [SIGINT, SIGTERM].map { number in
      // Does nothing, unlike SIG_IGN, which children would inherit and then not end when asked.
      signal(number) { _ in }
      let source = DispatchSource.makeSignalSource(signal: number)
      source.setEventHandler { continuation.yield(number) }
      source.resume()
      return source
    }
  }

  func stop() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
