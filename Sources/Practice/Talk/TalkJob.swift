import Conversation
import Feedback
import Foundation
import Language
import Speech
import Storage

/// Answers a learner's line: listens first if it was spoken, looks for what to say otherwise, and
/// lets the partner speak. It writes nothing but the spoken file, so it can run again.
struct TalkJob: Sendable {
  let ports: PracticePorts
  let aside: SpeakingAside

  var handler: JobHandler {
    JobHandler(
      TalkOrder.kind, attemptsMax: TalkOrder.attemptsMax, timeLimitMs: TalkOrder.timeLimitMs
    ) { await run($0) }
  }

  private func run(_ job: Job) async -> JobOutcome {
    do {
      let order = try JSONDecoder().decode(TalkOrder.self, from: Data(job.payload.utf8))
      var outcome = TalkOutcome(attempt: order.attempt)
      let heard = await Listening(ports: ports).words(
        order.text, order.voice, order.channel, of: order.learner.person)
      switch heard {
      case .words(let words, _): outcome.words = words
      case .problem(let problem): outcome.problem = problem
      case .again(let reason): return .retry(reason: reason)
      case .never(let reason): return .discard(reason: reason)
      }
      if let words = outcome.words { await answer(&outcome, words, order, job.conversation) }
      return .done(result: try PracticeJSON.text(outcome))
    } catch {
      return .discard(reason: "\(type(of: error))")
    }
  }

  private func answer(
    _ outcome: inout TalkOutcome, _ words: String, _ order: TalkOrder,
    _ conversation: ID<ConversationRecord>?
  ) async {
    outcome.safety = SafetyPolicy.find(in: words)
    guard outcome.safety == nil else { return }
    if order.style != .none {
      let form: WordsForm = order.voice == nil ? .written : .spoken
      outcome.corrections = await Adviser(check: ports.check, model: nil)
        .basic(on: words, form: form).corrections
    }
    guard order.asksModel, let model = ports.model else { return }
    await converse(&outcome, words, order, conversation, model)
    if let answer = outcome.answer, let format = order.answerAs {
      outcome.spoken = await aside.speak(
        answer, persona: order.learner.persona, level: order.learner.level, as: format,
        confidentiality: .shareable)
    }
  }

  private func converse(
    _ outcome: inout TalkOutcome, _ words: String, _ order: TalkOrder,
    _ conversation: ID<ConversationRecord>?, _ model: TutorModel
  ) async {
    do {
      let question = try await question(order, words)
      let answer = try await model.converse(question) { [liveText = ports.liveText] text in
        guard let liveText, let conversation, PartnerAnswer.isShowable(text) else { return }
        await liveText.show(Markup.escape(text), in: conversation)
      }
      outcome.answer = PartnerAnswer.shown(
        answer.value.text, instructions: answer.instructions)
      if outcome.answer == nil { outcome.silence = .failed }
      if order.style != .none, let proposal = answer.value.correction {
        await add(proposal, answer.instructions, words, order, &outcome)
      }
    } catch TutorFault.overBudget {
      outcome.silence = .overBudget
    } catch TutorFault.interrupted(let partial) {
      outcome.answer = PartnerAnswer.shown(PartnerAnswer.whole(partial), instructions: [])
      if outcome.answer == nil { outcome.silence = .failed }
    } catch {
      outcome.silence = .failed
    }
  }

  /// The model's correction comes first, when it stands.
  private func add(
    _ proposal: ModelAdvice.Proposal, _ instructions: [String], _ words: String,
    _ order: TalkOrder, _ outcome: inout TalkOutcome
  ) async {
    let kept = await Aside.run { [check = ports.check] in
      CorrectionCheck(
        words: words, form: order.voice == nil ? .written : .spoken,
        language: order.learner.language, suspicion: TextSuspicion(instructions: instructions),
        check: { check($0, .chat) }
      ).examine(ModelAdvice(corrections: [proposal])).advice?.corrections ?? []
    }
    outcome.corrections = Array(
      (kept + outcome.corrections.filter { own in !kept.contains { $0.said == own.said } })
        .prefix(Advice.correctionsMax))
  }

  private func question(_ order: TalkOrder, _ words: String) async throws -> TalkQuestion {
    try await aside.database.read { database in
      let lines = try TalkStore.lines(of: order.session, in: database)
      return TalkQuestion(
        lines: lines.map { TalkLine(isLearner: $0.author == .learner, text: $0.text) }
          + [TalkLine(isLearner: true, text: words)],
        memories: try TalkStore.memories(of: order.learner.person, in: database),
        style: order.style.asked, learner: order.learner)
    }
  }
}

/// Sums a talk up for the next one, and forgets its lines whatever comes of it.
struct SummaryJob: Sendable {
  let ports: PracticePorts
  let database: Database

  var handler: JobHandler {
    JobHandler(
      SummaryOrder.kind, attemptsMax: SummaryOrder.attemptsMax,
      timeLimitMs: SummaryOrder.timeLimitMs
    ) { job in
      do {
        let order = try JSONDecoder().decode(SummaryOrder.self, from: Data(job.payload.utf8))
        let summary = try await summary(order)
        try await database.write {
          try TalkStore.close(order.session, summary: summary, in: $0)
        }
        return .done(result: "{}")
      } catch {
        return .retry(reason: "\(type(of: error))")
      }
    }
  }

  private func summary(_ order: SummaryOrder) async throws -> String? {
    guard let model = ports.model else { return nil }
    let lines = try await database.read { try TalkStore.lines(of: order.session, in: $0) }
    guard lines.contains(where: { $0.author == .learner }) else { return nil }
    do {
      let text = try await model.summarise(
        TalkQuestion(
          lines: lines.map { TalkLine(isLearner: $0.author == .learner, text: $0.text) },
          memories: [], style: .light, learner: order.learner)
      ).trimmed
      guard !text.isEmpty, !TextSuspicion().suspects(text) else { return nil }
      return text
    } catch {
      // A talk without a summary is remembered by nobody; that is all that is lost.
      return nil
    }
  }
}
