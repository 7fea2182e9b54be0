import Conversation
import Speech
import Storage
import Synchronization
import Testing

@Suite struct CacheTests {
  private let database: Database
  private let cache: SpeechCache
  private let now = Timestamp(milliseconds: 1_900_000_000_000)

  init() throws {
    database = try Database(.memory)
    try database.migrate(SpeechCache.migrations)
    var limits = SpeechCache.Limits()
    limits.bytesMax = 1_000
    cache = SpeechCache(database, limits: limits)
  }

  private static func text(
    _ text: String, rate: Int = 140, format: SpokenFormat = .web, version: String = "1"
  ) -> SpokenText {
    SpokenText(
      text: text,
      voice: Voice(engine: .flite, name: "rms", language: "en", wordsPerMinute: rate),
      format: format, engineVersion: version)
  }

  private static func audio(_ count: Int, _ format: SpokenFormat = .web) -> SpokenAudio {
    SpokenAudio(bytes: [UInt8](repeating: 5, count: count), format: format, durationMs: count)
  }

  private func days(_ count: Int64) -> Timestamp {
    now.adding(milliseconds: count * 86_400_000)
  }

  @Test func `a text is kept with all that makes its sound`() async throws {
    let text = Self.text("Hello")
    try await cache.keep(Self.audio(10), of: text, at: now)
    #expect(try await cache.audio(of: text, at: now) == Self.audio(10))
    for other in [
      Self.text("Hello!"), Self.text("Hello", rate: 120), Self.text("Hello", version: "2"),
      Self.text("Hello", format: .voiceNote),
    ] {
      #expect(try await cache.audio(of: other, at: now) == nil)
    }
  }

  @Test func `parts of a key never run together`() {
    let one = SpokenText(
      text: "a", voice: Voice(engine: .flite, name: "b1", language: "c", wordsPerMinute: 1),
      format: .web, engineVersion: "1")
    let other = SpokenText(
      text: "a", voice: Voice(engine: .flite, name: "b", language: "1c", wordsPerMinute: 1),
      format: .web, engineVersion: "1")
    #expect(one.key != other.key)
    #expect(one.key.count == 64)
  }

  @Test func `what nobody hears for long is dropped`() async throws {
    try await cache.keep(Self.audio(10), of: Self.text("old"), at: now)
    try await cache.keep(Self.audio(10), of: Self.text("heard"), at: now)
    _ = try await cache.audio(of: Self.text("heard"), at: days(60))
    try await cache.prune(at: days(91))
    #expect(try await cache.audio(of: Self.text("old"), at: days(91)) == nil)
    #expect(try await cache.audio(of: Self.text("heard"), at: days(91)) != nil)
  }

  @Test func `over the limit the longest unused go first`() async throws {
    for number in 0..<8 {
      try await cache.keep(
        Self.audio(250), of: Self.text("\(number)"), at: days(Int64(number)))
    }
    _ = try await cache.audio(of: Self.text("1"), at: days(9))
    try await cache.prune(at: days(9), rowsPerStep: 2)
    var left: [Int] = []
    for number in 0..<8
    where try await cache.audio(of: Self.text("\(number)"), at: days(9)) != nil {
      left.append(number)
    }
    #expect(left == [1, 5, 6, 7])
  }

  @Test func `one text alone cannot fill the cache`() async throws {
    let audio = Self.audio(SpeechCache.audioBytesMax + 1)
    try await cache.keep(audio, of: Self.text("endless"), at: now)
    #expect(try await cache.audio(of: Self.text("endless"), at: now) == nil)
  }

  @Test func `our own texts are spoken once, those of people every time`() async throws {
    let synthesiser = CountingSynthesiser()
    let now = now
    let speaker = Speaker(
      synthesiser, engineVersion: "1", cache: cache, time: TimeSource { now })
    let voice = Voice(engine: .flite, name: "rms", language: "en", wordsPerMinute: 140)
    for _ in 0..<3 {
      let audio = try await speaker.speak("Well done!", with: voice, as: .web, isShared: true)
      #expect(audio == Self.audio(3))
    }
    #expect(synthesiser.count == 1)
    for _ in 0..<3 {
      _ = try await speaker.speak("I am Sara.", with: voice, as: .web, isShared: false)
    }
    #expect(synthesiser.count == 4)
    let rows = try await database.read { transaction -> Int in
      try transaction.first("SELECT COUNT(*) AS count FROM spoken_audio")?.value("count") ?? 0
    }
    #expect(rows == 1)
  }

  @Test func `a store that fails does not keep the bot from speaking`() async throws {
    let synthesiser = CountingSynthesiser()
    let empty = try Database(.memory)
    let now = now
    let speaker = Speaker(
      synthesiser, engineVersion: "1", cache: SpeechCache(empty), time: TimeSource { now })
    let voice = Voice(engine: .espeak, name: "fa", language: "fa", wordsPerMinute: 140)
    #expect(
      try await speaker.speak("سلام", with: voice, as: .web, isShared: true) == Self.audio(3))
  }
}

/// Speaks everything alike and counts how often.
private final class CountingSynthesiser: Synthesiser {
  private let calls = Mutex(0)

  var count: Int { calls.withLock { $0 } }

  func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    calls.withLock { $0 += 1 }
    return SpokenAudio(bytes: [5, 5, 5], format: format, durationMs: 3)
  }
}
