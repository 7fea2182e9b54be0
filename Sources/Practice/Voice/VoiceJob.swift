import Conversation
import Foundation
import Language
import Speech
import Storage

/// Listens to a recording and prepares the answer: what was heard, what to say otherwise, and the
/// answer spoken. It changes nothing but to keep the spoken file, so it can run again at any time.
struct VoiceJob: Sendable {
  let ports: PracticePorts
  let aside: SpeakingAside
  let phrasebook: Phrasebook

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
    if let target = order.target {
      try await read(voice, target, order, &outcome)
    } else {
      try await transcribe(voice, order, &outcome)
    }
    return outcome
  }

  // MARK: Listening

  private func read(
    _ file: Content.Attachment, _ target: String, _ order: VoiceOrder,
    _ outcome: inout VoiceOutcome
  ) async throws {
    guard let reader = ports.reader else {
      outcome.problem = .notUnderstood
      return
    }
    switch await Listening(ports: ports).clip(file, order.channel) {
    case .failure(let trouble): try explain(trouble.result, &outcome)
    case .success(let clip):
      do {
        let reading = try await reader.read(clip, against: target)
        outcome.reading = reading
        outcome.durationMs = reading.durationMs
        outcome.problem = Self.problem(of: reading.verdict)
      } catch {
        try explain(Listening.result(of: error), &outcome)
      }
    }
  }

  private static func problem(of verdict: Reading.Verdict) -> VoiceOutcome.Problem? {
    switch verdict {
    case .accepted: nil
    case .cannotJudge, .notScorable: .unclear
    case .otherText: .otherText
    case .silent: .silent
    }
  }

  private func explain(_ result: Listening.Result, _ outcome: inout VoiceOutcome) throws {
    switch result {
    case .words(let words, let durationMs):
      outcome.words = words
      outcome.durationMs = durationMs
    case .problem(let problem): outcome.problem = problem
    case .again(let reason): throw Step.again(reason)
    case .never(let reason): throw Step.never(reason)
    }
  }

  private func transcribe(
    _ file: Content.Attachment, _ order: VoiceOrder, _ outcome: inout VoiceOutcome
  ) async throws {
    try explain(
      await Listening(ports: ports).words(
        nil, file, order.channel, of: order.learner.person), &outcome)
    guard let words = outcome.words else { return }
    if LanguageOfText.isEnglish(words) { return await advise(&outcome, words, order) }
    outcome.safety = SafetyPolicy.find(in: words)
    outcome.problem = .notEnglish
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
    return await aside.speak(
      SpokenAnswer.text(outcome, order, phrasebook), persona: order.learner.persona,
      level: order.learner.level, as: format,
      confidentiality: order.mayAskModel ? .shareable : .personal)
  }
}
