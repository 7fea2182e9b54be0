import Conversation
import Foundation
import Language
import Speech
import Storage

/// Listens to a recording and prepares the answer: what was heard, what to say otherwise, and the
/// answer spoken. It changes nothing but to keep the spoken file, so it can run again at any time.
struct VoiceJob: Sendable {
  let ports: PracticePorts
  let content: PracticeContent
  let phrasebook: Phrasebook
  let database: Database
  let time: TimeSource

  var handler: JobHandler {
    JobHandler(
      VoiceOrder.kind, attemptsMax: VoiceOrder.attemptsMax, timeLimitMs: VoiceOrder.timeLimitMs
    ) { await run($0) }
  }

  private enum Step: Error {
    case again(String)
    case never(String)
  }

  private func run(_ job: Job) async -> JobOutcome {
    do {
      let order = try JSONDecoder().decode(VoiceOrder.self, from: Data(job.payload.utf8))
      var outcome = try await outcome(of: order)
      if outcome.safety == nil { outcome.spoken = await spoken(outcome, order) }
      return .done(result: try PracticeJSON.text(outcome))
    } catch Step.again(let reason) {
      return .retry(reason: reason)
    } catch Step.never(let reason) {
      return .discard(reason: reason)
    } catch {
      return .discard(reason: "\(type(of: error))")
    }
  }

  private func outcome(of order: VoiceOrder) async throws -> VoiceOutcome {
    if let text = order.text {
      var outcome = VoiceOutcome(attempt: order.attempt, words: text, form: .written)
      await advise(&outcome, text, order)
      return outcome
    }
    guard let voice = order.voice else { throw Step.never("nothing to listen to") }
    var outcome = VoiceOutcome(attempt: order.attempt)
    if order.target == nil, ports.recogniser == nil {
      outcome.problem = .notUnderstood
      return outcome
    }
    guard let clip = try await clip(voice, &outcome) else { return outcome }
    if let target = order.target {
      try await read(clip, target, &outcome)
    } else {
      try await transcribe(clip, order, &outcome)
    }
    return outcome
  }

  // MARK: Listening

  private func clip(_ voice: IncomingVoice, _ outcome: inout VoiceOutcome) async throws
    -> VoiceClip?
  {
    guard let fetch = ports.fetch else { throw Step.never("nobody fetches files") }
    do {
      return VoiceClip(try await fetch(voice))
    } catch {
      switch error {
      case .gone: outcome.problem = .gone
      case .tooLarge: outcome.problem = .tooLarge
      case .refused: throw Step.never("the channel refused the file")
      case .unreachable: throw Step.again("the channel was not reached")
      }
      return nil
    }
  }

  private func read(
    _ clip: VoiceClip, _ target: String, _ outcome: inout VoiceOutcome
  ) async throws {
    guard let reader = ports.reader else {
      outcome.problem = .notUnderstood
      return
    }
    do {
      let reading = try await reader.read(clip, against: target)
      outcome.reading = reading
      outcome.durationMs = reading.durationMs
      switch reading.verdict {
      case .accepted: break
      case .cannotJudge, .notScorable: outcome.problem = .unclear
      case .otherText: outcome.problem = .otherText
      case .silent: outcome.problem = .silent
      }
    } catch {
      try explain(error, &outcome)
    }
  }

  private func transcribe(
    _ clip: VoiceClip, _ order: VoiceOrder, _ outcome: inout VoiceOutcome
  ) async throws {
    guard let recogniser = ports.recogniser else { return }
    do {
      let transcript = try await recogniser.transcribe(clip, language: "en")
      let words = HeardWords.shown(transcript.text)
      outcome.durationMs = transcript.durationMs
      guard !words.isEmpty else {
        outcome.problem = .silent
        return
      }
      outcome.words = words
      if !LanguageOfText.isEnglish(words) {
        outcome.safety = SafetyPolicy.find(in: words)
        outcome.problem = .notEnglish
        return
      }
      await advise(&outcome, words, order)
    } catch {
      try explain(error, &outcome)
    }
  }

  /// What is wrong with the recording is told; what is wrong on our side is tried again.
  private func explain(_ fault: SpeechFault, _ outcome: inout VoiceOutcome) throws {
    switch fault {
    case .media(let problem):
      switch problem {
      case .tooLarge: outcome.problem = .tooLarge
      case .empty: outcome.problem = .silent
      case .notAudio, .unsupported: outcome.problem = .notAudio
      case .damaged, .tooManyStreams, .tookTooLong, .outOfMemory: outcome.problem = .damaged
      }
    case .textNotSpeakable: outcome.problem = .unclear
    case .unavailable: outcome.problem = .notUnderstood
    case .refused(let reason): throw Step.never("the recogniser refused: \(reason.prefix(80))")
    case .unreachable, .tookTooLong, .busy, .worker: throw Step.again("\(fault)")
    }
  }

  // MARK: Answering

  private func advise(
    _ outcome: inout VoiceOutcome, _ words: String, _ order: VoiceOrder
  ) async {
    outcome.safety = SafetyPolicy.find(in: words)
    guard outcome.safety == nil else { return }
    outcome.advice = await Adviser(check: ports.check, model: ports.model).advice(
      AdviceQuestion(
        words: words, form: outcome.form, question: order.question, learner: order.learner),
      mayAskModel: order.mayAskModel)
  }

  /// The answer as a voice; a text alone when that fails.
  private func spoken(
    _ outcome: VoiceOutcome, _ order: VoiceOrder
  ) async -> ID<OutgoingMedia>? {
    guard let format = order.answerAs else { return nil }
    return await SpeakingAside(
      ports: ports, content: content, database: database, time: time
    ).speak(
      SpokenAnswer.text(outcome, order, phrasebook), persona: order.learner.persona,
      level: order.learner.level, as: format)
  }
}
