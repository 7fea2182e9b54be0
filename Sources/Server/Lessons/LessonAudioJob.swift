package import Conversation
package import Speech
package import Storage

/// Makes ahead what lessons say aloud, a few texts at a time, and only while nobody waits for
/// the process that handles sound; later it sees that nothing is lost or left over.
package struct LessonAudioJob: Sendable {
  static let kind: JobKind = "lesson.audio"
  static let textsPerStep = 4
  /// A step begins no other text after this long.
  static let stepMsMax: Int64 = 15_000
  static let timeLimitMs: Int64 = 240_000
  /// Between two steps, so that people's own jobs come first.
  static let pauseMs: Int64 = 500
  static let busyPauseMs: Int64 = 3_000
  /// When whoever speaks is in trouble.
  static let troublePauseMs: Int64 = 60_000
  /// When nobody can speak, or all is done.
  static let longPauseMs: Int64 = 900_000
  private static let sweepsMax = 100

  let voices: LessonVoices
  let speaker: Speaker
  /// Whether somebody waits for the process that handles sound.
  let isBusy: @Sendable () -> Bool
  /// Without the process that handles sound nothing can be spoken.
  let isInstalled: Bool
  let database: Database
  let time: TimeSource

  package init(
    voices: LessonVoices, speaker: Speaker, isBusy: @escaping @Sendable () -> Bool,
    isInstalled: Bool, database: Database, time: TimeSource
  ) {
    self.voices = voices
    self.speaker = speaker
    self.isBusy = isBusy
    self.isInstalled = isInstalled
    self.database = database
    self.time = time
  }

  static let uniqueKey = "lesson.audio now"

  /// One for all time: each step looks at what the lessons say now.
  package var request: JobRequest {
    JobRequest(Self.kind, payload: "{\"lessons\":\"now\"}", uniqueKey: Self.uniqueKey)
  }

  package var handler: JobHandler {
    let wanted = request.payload
    return JobHandler(Self.kind, timeLimitMs: Self.timeLimitMs) { job in
      guard job.payload == wanted else { return .cancel(reason: "another job does it now") }
      do {
        return .snooze(delayMs: try await step())
      } catch {
        // A retry would end some time, and this must go on.
        return .snooze(delayMs: Self.troublePauseMs)
      }
    }
  }

  /// - Returns: when to come back, in milliseconds.
  package func step() async throws -> Int64 {
    guard isInstalled else { return Self.longPauseMs }
    let startedAt = time.now()
    let shelf = try await voices.now(database)
    let due = try await database.read {
      try shelf.due(at: startedAt, limit: Self.textsPerStep, in: $0)
    }
    guard !due.isEmpty else {
      try await tidy()
      return Self.longPauseMs
    }
    for item in due {
      if isBusy() { return Self.busyPauseMs }
      if time.now() >= startedAt.adding(milliseconds: Self.stepMsMax) { break }
      if let pauseMs = try await make(item) { return pauseMs }
    }
    return Self.pauseMs
  }

  /// - Returns: how long to leave whoever speaks alone; nil when the next text can follow.
  private func make(_ item: LessonAudioShelf.Item) async throws -> Int64? {
    let audio: SpokenAudio
    do {
      let text = item.spoken
      audio = try await speaker.speak(text.text, with: text.voice, as: text.format, isShared: true)
    } catch {
      return try await pauseMs(after: error, item)
    }
    let isTooLarge = audio.bytes.count > SpeechCache.audioBytesMax
    try await note(item, fault: isTooLarge ? "too large" : nil, isFinal: isTooLarge)
    return nil
  }

  private func pauseMs(
    after fault: SpeechFault, _ item: LessonAudioShelf.Item
  ) async throws -> Int64? {
    switch fault {
    case .textNotSpeakable, .media:
      try await note(item, fault: "\(fault)", isFinal: true)
      return nil
    case .refused, .worker, .tookTooLong:
      try await note(item, fault: "\(fault)", isFinal: false)
      return Self.troublePauseMs
    case .busy: return Self.busyPauseMs
    case .unreachable: return Self.troublePauseMs
    case .unavailable: return Self.longPauseMs
    }
  }

  private func note(
    _ item: LessonAudioShelf.Item, fault: String?, isFinal: Bool
  ) async throws {
    let now = time.now()
    try await database.write {
      try LessonAudioShelf.note(item, fault: fault, isFinal: isFinal, at: now, in: $0)
    }
  }

  private func tidy() async throws {
    _ = try await sweep()
    for _ in 0..<Self.sweepsMax {
      let now = time.now()
      let count = try await database.write {
        try LessonAudioShelf.use(at: now, limit: LessonAudioShelf.rowsPerStep, in: $0)
      }
      if count == 0 { return }
    }
  }

  /// Forgets what no lesson says any more.
  ///
  /// - Returns: how many.
  package func sweep() async throws -> Int {
    let shelf = try await voices.now(database)
    var all = 0
    for _ in 0..<Self.sweepsMax {
      let count = try await database.write {
        try shelf.sweep(limit: LessonAudioShelf.rowsPerStep, in: $0)
      }
      guard count > 0 else { break }
      all += count
    }
    return all
  }
}
