import Foundation

/// Has sound handled by child processes, which read what strangers send and may hang or die of it.
///
/// A child is started when it is needed, does one thing at a time, is ended and started again when
/// it takes too long, and stops when nothing is asked of it. What kills it is tried once more.
package final class SpeechWorker: Sendable {
  package struct Limits: Sendable, Equatable {
    package var childrenMax = 2
    /// Requests that wait for a child; one more is refused as `busy`.
    package var waitingMax = 64
    /// A request that has waited for so long is refused as `busy`.
    package var waitingMs = 60_000
    /// For one request, from when a child has it.
    package var deadlineMs = 20_000
    package var idleMs = 180_000

    package init() {}
  }

  /// The texts that are spoken or read at once.
  package static let textBytesMax = 16_384

  /// Of the voices built in and of how they are used; raised when a text would sound otherwise.
  package static let engineVersion = "1"

  private static let threadStackBytes = 1 << 20
  private static let programName = "parlance-speech"

  private let queue: WorkerQueue
  private let program: String
  private let limits: Limits

  /// - Parameter program: the path of the child's executable.
  package init(
    program: String = SpeechWorker.programBesideThis, limits: Limits = Limits()
  ) {
    self.program = program
    self.limits = limits
    queue = WorkerQueue(limits: limits)
  }

  deinit { queue.close() }

  /// Both executables are installed together.
  package static var programBesideThis: String {
    let here = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    return here.deletingLastPathComponent().appending(path: programName).path
  }

  package func abilities() async throws(SpeechFault) -> WorkerAbilities {
    guard case .abilities(let abilities) = try await reply(to: .describe).outcome else {
      throw .worker
    }
    return abilities
  }

  package func levels(of clip: VoiceClip) async throws(SpeechFault) -> SoundLevels {
    guard case .levels(let levels) = try await reply(to: .measure, clip.bytes).outcome else {
      throw .worker
    }
    return levels
  }

  /// Whether somebody waits for it just now.
  package var isAtWork: Bool { queue.isAtWork }

  /// How many children run, by their process ids.
  package var children: [Int32] { queue.children }

  /// Returns once no child runs, which is some time after the last request.
  package func isIdle() async { await queue.ended() }

  /// Ends all children and refuses what is asked from now on.
  package func stop() async {
    queue.close()
    await queue.ended()
  }

  private func audio(
    _ reply: WorkerReply, _ format: SpokenFormat
  ) throws(SpeechFault) -> SpokenAudio {
    guard case .sound(let durationMs, _) = reply.outcome else { throw .worker }
    return SpokenAudio(bytes: reply.body, format: format, durationMs: durationMs)
  }

  private func reply(
    to task: WorkerTask, _ body: [UInt8] = []
  ) async throws(SpeechFault) -> WorkerReply {
    guard body.count <= WorkerFrame.bodyBytesMax else { throw .media(.tooLarge) }
    let beginBy = ContinuousClock.now + .milliseconds(limits.waitingMs)
    let result: Result<WorkerReply, SpeechFault> = await withCheckedContinuation { continuation in
      let job = WorkerQueue.Job(task: task, body: body, beginBy: beginBy) {
        continuation.resume(returning: $0)
      }
      switch queue.submit(job) {
      case .taken: break
      case .takenByNewLane: startLane()
      case .refused(let fault): continuation.resume(returning: .failure(fault))
      }
    }
    return try result.get()
  }

  private func startLane() {
    let (queue, program, limits) = (queue, program, limits)
    let thread = Thread {
      var lane = WorkerLane(queue: queue, program: program, limits: limits)
      lane.run()
    }
    thread.name = Self.programName
    thread.stackSize = Self.threadStackBytes
    thread.start()
  }
}

extension SpeechWorker: Reader {
  package func read(
    _ clip: VoiceClip, against text: String
  ) async throws(SpeechFault) -> Reading {
    guard text.utf8.count <= Self.textBytesMax else { throw .textNotSpeakable }
    let reply = try await reply(to: .read(text: text), clip.bytes)
    guard case .reading(let reading) = reply.outcome else { throw .worker }
    return reading
  }
}

extension SpeechWorker: Chooser {
  package func choose(
    _ clip: VoiceClip, among sentences: [String]
  ) async throws(SpeechFault) -> SentenceChoice {
    let bytes = sentences.reduce(0) { $0 + $1.utf8.count }
    guard bytes <= Self.textBytesMax else { throw .textNotSpeakable }
    let reply = try await reply(to: .choose(sentences: sentences), clip.bytes)
    guard case .choice(let choice) = reply.outcome else { throw .worker }
    return choice
  }
}

extension SpeechWorker: Synthesiser {
  package func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    guard text.utf8.count <= Self.textBytesMax else { throw .textNotSpeakable }
    return try audio(
      await reply(to: .speak(text: text, voice: voice, format: format)), format)
  }
}

extension SpeechWorker: SoundConverter {
  package func wave(of clip: VoiceClip) async throws(SpeechFault) -> [UInt8] {
    let reply = try await reply(to: .wave, clip.bytes)
    guard case .sound = reply.outcome else { throw .worker }
    return reply.body
  }

  package func convert(
    _ clip: VoiceClip, to format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    try audio(await reply(to: .convert(format), clip.bytes), format)
  }
}
