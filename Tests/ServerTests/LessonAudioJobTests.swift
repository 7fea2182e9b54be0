import Accounts
import Conversation
import Foundation
import Language
import Learning
import Rehearsal
import Server
import Speech
import Storage
import Synchronization
import Testing

/// Voices of lessons made ahead, on a clock that stands still and by somebody who can fail.
struct LessonAudioJobTests {
  private let database: Database
  private let clock = Clock()
  private let mouth = Mouth()

  init() throws {
    database = try Database(.memory)
    try database.migrate(Product.migrations)
  }

  private func job(
    _ lesson: String = "a0-my-family", engine: String = "one", isBusy: Bool = false
  ) throws -> LessonAudioJob {
    let time = TimeSource { [clock] in clock.now }
    return LessonAudioJob(
      voices: LessonVoices(LessonShelf(try curriculum(lesson)), voice: Self.voice(engine)),
      speaker: Speaker(
        mouth, engineVersion: engine, cache: SpeechCache(database), time: time),
      isBusy: { isBusy }, isInstalled: true, database: database, time: time)
  }

  private func shelf(_ lesson: String, engine: String = "one") throws -> LessonAudioShelf {
    LessonAudioShelf(try curriculum(lesson), voice: Self.voice(engine))
  }

  private func curriculum(_ lesson: String) throws -> Curriculum {
    let text = try Project.text("Curriculum/lessons/\(lesson).yaml")
    return try Curriculum([ContentFolder.File(name: "lessons/\(lesson).yaml", text: text)])
  }

  private static func voice(_ engine: String) -> LessonVoice {
    LessonVoice(engineVersion: engine, isInstalled: true, transcribes: false)
  }

  private func counts(
    _ lesson: String = "a0-my-family", engine: String = "one"
  ) throws -> LessonAudioShelf.Counts {
    let shelf = try shelf(lesson, engine: engine)
    return try database.readBlocking { try shelf.counts(in: $0) }
  }

  /// Steps until nothing is left to do now.
  private func finish(_ job: LessonAudioJob) async throws {
    for _ in 0..<200 where try await job.step() < 60_000 {}
  }

  @Test func `everything a lesson says is made once, in both formats`() async throws {
    try await finish(job())
    let counts = try counts()
    #expect(counts.wanted > 10)
    #expect(counts.ready == counts.wanted)
    #expect(mouth.count == counts.wanted)
    #expect(counts.missing == 0 && counts.failed == 0 && counts.orphaned == 0)
    try await finish(job())
    #expect(mouth.count == counts.wanted)
  }

  @Test func `while somebody waits for a voice nothing is made`() async throws {
    #expect(try await job(isBusy: true).step() == 3_000)
    #expect(mouth.count == 0)
  }

  @Test func `what another engine has said is swept away once its successor is done`() async throws
  {
    try await finish(job())
    let old = try counts().ready
    try await finish(job(engine: "two"))
    #expect(try counts(engine: "two").orphaned == 0)
    #expect(try counts(engine: "two").ready == old)
    #expect(try counts().ready == 0)
    let left = try database.readBlocking {
      try $0.first("SELECT count(*) AS n FROM spoken_audio")?.value("n", as: Int.self)
    }
    #expect(left == old)
  }

  @Test func `a sweep on request removes what is left over and nothing else`() async throws {
    try await finish(job("a0-my-family"))
    let family = try counts().ready
    let tea = try job("a0-tea-or-coffee")
    #expect(try counts("a0-tea-or-coffee").orphaned > 0)
    let removed = try await tea.sweep()
    let shared = family - removed
    #expect(removed > 0 && shared >= 0)
    #expect(try counts("a0-tea-or-coffee").orphaned == 0)
    #expect(try counts().ready == shared)
    #expect(try await tea.sweep() == 0)
  }

  @Test func `after a failure it is left alone, each time for longer, and made in the end`()
    async throws
  {
    mouth.fail(with: .refused("too many"))
    let job = try job()
    #expect(try await job.step() == 60_000)
    #expect(mouth.count == 1)
    let troubles = try database.readBlocking { [shelf = try shelf("a0-my-family")] in
      try shelf.troubles(in: $0)
    }
    #expect(troubles.map(\.attempts) == [1])
    #expect(troubles.first?.fault.contains("too many") == true)
    // The same text is tried again only when its time has come, and then waits twice as long.
    let first = try #require(mouth.texts.last)
    var gaps: [Int64] = []
    for _ in 0..<3 {
      let failedAt = clock.now
      repeat {
        clock.advance(milliseconds: 60_000)
        _ = try await job.step()
      } while mouth.texts.last != first
      gaps.append((clock.now.milliseconds - failedAt.milliseconds) / 60_000)
      mouth.texts.removeAll()
    }
    #expect(gaps == gaps.sorted() && gaps[0] >= 2 && gaps[2] >= 2 * gaps[0], "\(gaps)")
    mouth.fail(with: nil)
    clock.advance(milliseconds: 86_400_000)
    try await finish(job)
    #expect(try counts().ready == counts().wanted)
    #expect(try counts().failed == 0)
  }

  @Test func `what no voice can say counts as failed at once and holds nothing up`() async throws {
    mouth.fail(with: .textNotSpeakable)
    let job = try job()
    #expect(try await job.step() == 500)
    #expect(try counts().failed == 4)
  }

  @Test func `once a lesson has gone its voices go, and one job goes on for all lessons`()
    async throws
  {
    let before = try job("a0-my-family")
    try await finish(before)
    let family = try counts().ready
    let after = try job("a0-tea-or-coffee")
    #expect(before.request == after.request)
    try await finish(after)
    #expect(try counts("a0-tea-or-coffee").orphaned == 0)
    #expect(try counts().ready < family)
  }

  @Test func `a job of another program's version is given up`() async throws {
    let job = try job()
    let old = JobRequest(job.request.kind, payload: "{\"shelf\":\"old\"}")
    guard case .cancel = await job.handler.run(try claim(old, job.handler)) else {
      Issue.record("the old job goes on beside the new one")
      return
    }
    #expect(mouth.count == 0)
    guard case .snooze = await job.handler.run(try claim(job.request, job.handler)) else {
      Issue.record("its own work is given up")
      return
    }
    #expect(mouth.count > 0)
  }

  /// The job as a worker would have it.
  private func claim(_ request: JobRequest, _ handler: JobHandler) throws -> Job {
    let product = Product.make(
      try ProductContent.load(root: Project.root.path),
      keys: .init(secret: [1]) { Array(repeating: 7, count: $0) },
      reach: .init(publicURL: nil, localURL: "http://127.0.0.1"))
    let queue = WorkQueue(engine: product.engine(ids: IDSource(seed: 1)), handlers: [handler])
    let now = clock.now
    return try database.writeBlocking { database in
      try queue.enqueue(request, at: now, in: database)
      return try #require(
        try queue.claim(at: now, limit: 2, in: database).jobs.first {
          $0.payload == request.payload
        })
    }
  }
}

private final class Clock: Sendable {
  private let state = Mutex(Timestamp(milliseconds: 1_760_000_000_000))
  var now: Timestamp { state.withLock { $0 } }
  func advance(milliseconds: Int64) {
    state.withLock { $0 = $0.adding(milliseconds: milliseconds) }
  }
}

/// Speaks three bytes, or fails as it is told.
private final class Mouth: Synthesiser {
  private let state = Mutex((texts: [String](), count: 0, fault: SpeechFault?.none))

  var count: Int { state.withLock { $0.count } }
  var texts: [String] {
    get { state.withLock { $0.texts } }
    set { state.withLock { $0.texts = newValue } }
  }

  func fail(with fault: SpeechFault?) { state.withLock { $0.fault = fault } }

  func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    let fault = state.withLock { state in
      state.texts.append(text + " \(format)")
      state.count += 1
      return state.fault
    }
    if let fault { throw fault }
    return SpokenAudio(bytes: [1, 2, 3], format: format, durationMs: 900)
  }
}
