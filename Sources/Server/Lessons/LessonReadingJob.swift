import Conversation
import Foundation
import Learning
import Speech
import Storage

/// Listens to the voice message that answers an activity of a lesson. It changes nothing, so it can
/// run again at any time.
struct LessonReadingJob: Sendable {
  static let attemptsMax = 3
  static let timeLimitMs: Int64 = 120_000
  /// Much longer than any sentence of a lesson, and than what is to be talked about in one.
  static let clipSecondsMax = 90
  static let weakWordsMax = 3
  private static let unclearConfidence = 0.5

  let files: any IncomingFiles
  let reader: any Reader
  /// Nil when nobody writes down free speech.
  let recogniser: (any Recogniser)?
  /// Whether the person lets the recogniser have their voice.
  let mayRecognise: @Sendable (ID<ConversationRecord>?) async throws -> Bool

  var handler: JobHandler {
    JobHandler(
      LessonReading.job, attemptsMax: Self.attemptsMax, timeLimitMs: Self.timeLimitMs
    ) { await run($0) }
  }

  private enum Step: Error {
    case again(String)
    /// The lesson says that it cannot listen.
    case never(String)
  }

  private func run(_ job: Job) async -> JobOutcome {
    do {
      let request = try JSONDecoder().decode(
        LessonReading.Request.self, from: Data(job.payload.utf8))
      let result = try await result(
        of: request, mayRecognise: try await mayRecognise(job.conversation))
      return .done(result: String(decoding: try JSONEncoder().encode(result), as: UTF8.self))
    } catch Step.again(let reason) {
      return .retry(reason: reason)
    } catch Step.never(let reason) {
      return .discard(reason: reason)
    } catch {
      return .discard(reason: "\(type(of: error))")
    }
  }

  private func result(
    of request: LessonReading.Request, mayRecognise: Bool
  ) async throws -> LessonReading.Result {
    let recogniser = mayRecognise ? recogniser : nil
    let ticket = request.ticket
    if let seconds = request.durationSeconds, seconds > Self.clipSecondsMax {
      return LessonReading.Result(ticket: ticket, verdict: .tooLong)
    }
    if request.expected == nil, recogniser == nil {
      throw Step.never("nobody writes down free speech")
    }
    let clip: VoiceClip
    do {
      clip = VoiceClip(
        try await files.fetch(
          Content.Attachment(
            kind: .voice, fileID: request.fileID, durationSeconds: request.durationSeconds),
          on: request.channel))
    } catch {
      switch error {
      case .tooLarge: return LessonReading.Result(ticket: ticket, verdict: .tooLong)
      case .gone, .wrongKind: return LessonReading.Result(ticket: ticket, verdict: .unclear)
      case .refused: throw Step.never("the channel refused the file")
      case .unreachable: throw Step.again("the channel was not reached")
      }
    }
    return try await listen(to: clip, request, recogniser)
  }

  private func listen(
    to clip: VoiceClip, _ request: LessonReading.Request, _ recogniser: (any Recogniser)?
  ) async throws -> LessonReading.Result {
    do throws(SpeechFault) {
      guard let expected = request.expected else {
        return try await transcribe(clip, request, recogniser)
      }
      let reading = try await reader.read(clip, against: expected)
      guard reading.verdict != .notScorable else {
        return try await transcribe(clip, request, recogniser)
      }
      return Self.result(of: reading, request.ticket)
    } catch {
      switch error {
      case .media(.empty): return LessonReading.Result(ticket: request.ticket, verdict: .silent)
      case .media(.tooLarge):
        return LessonReading.Result(ticket: request.ticket, verdict: .tooLong)
      case .media: return LessonReading.Result(ticket: request.ticket, verdict: .unclear)
      case .textNotSpeakable, .unavailable: throw Step.never("it cannot be judged here")
      case .refused(let reason): throw Step.never("refused: \(reason.prefix(80))")
      case .unreachable, .tookTooLong, .busy, .worker: throw Step.again("\(error)")
      }
    }
  }

  private func transcribe(
    _ clip: VoiceClip, _ request: LessonReading.Request, _ recogniser: (any Recogniser)?
  ) async throws(SpeechFault) -> LessonReading.Result {
    guard let recogniser else { throw .unavailable }
    let transcript = try await recogniser.transcribe(clip, language: "en")
    let words = transcript.text.split(whereSeparator: \.isWhitespace)
    return LessonReading.Result(
      ticket: request.ticket, verdict: words.isEmpty ? .silent : .understood,
      said: words.map { LessonReading.Result.Word(String($0)) })
  }

  /// Words that could not be told for certain count as said, and are to be said once more.
  private static func result(of reading: Reading, _ ticket: String) -> LessonReading.Result {
    switch reading.verdict {
    case .silent: return LessonReading.Result(ticket: ticket, verdict: .silent)
    // A wrong judgement would be worse than none.
    case .cannotJudge, .notScorable, .otherText:
      return LessonReading.Result(ticket: ticket, verdict: .unclear)
    case .accepted: break
    }
    let said = reading.words.compactMap { word -> LessonReading.Result.Word? in
      switch word.state {
      case .said: LessonReading.Result.Word(word.text)
      case .unclear: LessonReading.Result.Word(word.text, confidence: unclearConfidence)
      case .different, .missing: nil
      }
    }
    guard !said.isEmpty else { return LessonReading.Result(ticket: ticket, verdict: .unclear) }
    var weak: [String] = []
    let unclear = reading.words.filter { $0.state == .unclear }.map(\.text)
    for word in reading.hints.map(\.word) + unclear where !weak.contains(word) {
      weak.append(word)
    }
    return LessonReading.Result(
      ticket: ticket, verdict: .understood, said: said,
      weakWords: Array(weak.prefix(weakWordsMax)))
  }
}
