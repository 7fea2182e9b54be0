import Foundation
import Media
import Speech
import Testing

/// The real process, with recordings it can and cannot read.
@Suite(.timeLimit(.minutes(2))) struct WorkerTests {
  private let worker = SpeechWorker(program: BuiltProgram.speech)

  @Test func `a voice note is measured`() async throws {
    let levels = try await worker.levels(of: VoiceClip(voiceNote))
    #expect(levels.durationMs == 2_000)
    #expect(levels.pauses.count == 1)
    #expect(abs(levels.speechMs - 1_600) < 150)
    await worker.stop()
  }

  @Test func `a voice note becomes a WAVE file and sound for the web`() async throws {
    let wave = try await worker.wave(of: VoiceClip(voiceNote))
    #expect(wave.count == 44 + 2 * 2_000 * 16)
    let web = try await worker.convert(VoiceClip(wave), to: .web)
    #expect(web.durationMs == 2_000)
    #expect(try AudioDecoder.decode(web.bytes).codec == "aac")
    let note = try await worker.convert(VoiceClip(web.bytes), to: .voiceNote)
    #expect(try AudioDecoder.decode(note.bytes).codec == "opus")
    await worker.stop()
  }

  @Test func `what is no recording is refused by name, and the process goes on`() async throws {
    #expect(await fault { try await worker.levels(of: VoiceClip([])) } == .media(.empty))
    let child = worker.children
    #expect(
      await fault { try await worker.levels(of: VoiceClip(Array("hello".utf8))) }
        == .media(.notAudio))
    let huge = [UInt8](repeating: 7, count: 21 << 20)
    #expect(await fault { try await worker.levels(of: VoiceClip(huge)) } == .media(.tooLarge))
    #expect(worker.children == child)
    let more = [UInt8](repeating: 7, count: 25 << 20)
    #expect(await fault { try await worker.levels(of: VoiceClip(more)) } == .media(.tooLarge))
    await worker.stop()
  }

  @Test func `many callers are served by two processes at most`() async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<24 {
        group.addTask { try await worker.levels(of: VoiceClip(voiceNote)).durationMs }
      }
      for try await durationMs in group { #expect(durationMs == 2_000) }
    }
    #expect((1...2).contains(worker.children.count))
    await worker.stop()
    #expect(worker.children.isEmpty)
  }

  @Test func `a process that was killed is started again`() async throws {
    _ = try await worker.levels(of: VoiceClip(voiceNote))
    let first = try #require(worker.children.first)
    kill(first, SIGKILL)
    #expect(try await worker.levels(of: VoiceClip(voiceNote)).durationMs == 2_000)
    let second = try #require(worker.children.first)
    #expect(second != first)
    await worker.stop()
  }

  @Test func `after the end nothing is taken and nothing is left`() async throws {
    _ = try await worker.levels(of: VoiceClip(voiceNote))
    let child = try #require(worker.children.first)
    await worker.stop()
    // Gone and waited for.
    #expect(kill(child, 0) == -1)
    #expect(await fault { try await worker.levels(of: VoiceClip(voiceNote)) } == .unavailable)
  }

  @Test func `an idle process ends by itself, and the next request starts another`() async throws {
    let program = try ScriptedProgram("echo x >> \"$0.count\"\nexec \"$REAL\"")
    var limits = SpeechWorker.Limits()
    limits.idleMs = 0
    let worker = SpeechWorker(program: program.path, limits: limits)
    for _ in 0..<3 {
      #expect(try await worker.levels(of: VoiceClip(voiceNote)).durationMs == 2_000)
      await worker.isIdle()
      #expect(worker.children.isEmpty)
    }
    #expect(try program.lines("count") == 3)
    await worker.stop()
  }

  @Test func `what it can do is said`() async throws {
    let abilities = try await worker.abilities()
    let reading = await fault { try await worker.read(VoiceClip(voiceNote), against: "yes") }
    #expect((reading == .unavailable) == !abilities.reads)
    await worker.stop()
  }

  @Test func `a text of endless length is not passed on`() async {
    let text = String(repeating: "word ", count: 4_000)
    let voice = Voice(engine: .flite, name: "rms", language: "en", wordsPerMinute: 140)
    #expect(
      await fault { try await worker.speak(text, with: voice, as: .web) } == .textNotSpeakable)
    #expect(
      await fault { try await worker.read(VoiceClip([]), against: text) } == .textNotSpeakable)
    #expect(worker.children.isEmpty)
  }
}
