import Language
import Practice

extension ModelDoor {
  /// The models in the role of a tutor, as practising asks them.
  func tutor(prompts: PromptLibrary, personas: PersonaLibrary) -> TutorModel {
    let asking = TutorAsking(chain: chain, prompts: prompts, personas: personas)
    return TutorModel(
      advise: { question async throws(TutorFault) in try await asking.advise(question) },
      converse: { question, onText async throws(TutorFault) in
        try await asking.converse(question, onText)
      },
      summarise: { question async throws(TutorFault) in try await asking.summarise(question) })
  }
}

/// Turns questions of the practice into requests, and answers into what it understands.
private struct TutorAsking: Sendable {
  let chain: ModelChain
  let prompts: PromptLibrary
  let personas: PersonaLibrary

  func advise(
    _ question: AdviceQuestion
  ) async throws(TutorFault) -> TutorAnswer<ModelAdvice> {
    let input: PromptInput =
      switch question.form {
      case .written: .feedback(text: question.words, topic: question.question)
      case .spoken: .voiceFeedback(heard: question.words, target: nil, topic: question.question)
      }
    let request = try request(input, question.learner)
    guard let feedback = ModelFeedback(try await answer(request)) else { throw .unusable }
    let advice = ModelAdvice(
      praise: feedback.praise, corrections: feedback.corrections.map(ModelAdvice.Proposal.init),
      better: feedback.better, next: feedback.nextStep)
    return TutorAnswer(advice, instructions: request.instructions)
  }

  func converse(
    _ question: TalkQuestion, _ onText: @escaping @Sendable (String) async -> Void
  ) async throws(TutorFault) -> TutorAnswer<PartnerLine> {
    guard let said = question.lines.last, said.isLearner else { throw .unusable }
    let request = try request(
      .partner(
        said: said.text, talk: question.lines.dropLast(), memory: question.memories,
        style: question.style), question.learner)
    guard let reply = PartnerReply(try await answer(request, onText)) else { throw .unusable }
    let line = PartnerLine(
      reply.reply, correction: reply.correction.map(ModelAdvice.Proposal.init))
    return TutorAnswer(line, instructions: request.instructions)
  }

  func summarise(_ question: TalkQuestion) async throws(TutorFault) -> String {
    let request = try request(.summary(talk: question.lines), question.learner)
    guard let summary = SessionSummary(try await answer(request)) else { throw .unusable }
    return summary.memory
  }

  private func request(
    _ input: PromptInput, _ learner: TutorLearner
  ) throws(TutorFault) -> ModelRequest {
    // A persona whose file is gone is stood in for by the one everybody meets first.
    guard let persona = personas[learner.persona] ?? personas[PersonaLibrary.standardID] else {
      throw .notConfigured
    }
    return prompts.request(
      input, level: learner.level, language: learner.language, persona: persona,
      person: learner.person)
  }

  private func answer(
    _ request: ModelRequest, _ onText: @Sendable (String) async -> Void = { _ in }
  ) async throws(TutorFault) -> ModelAnswer {
    do throws(ModelFault) {
      return try await chain.stream(request, onText: onText)
    } catch { throw TutorFault(error) }
  }
}

extension ModelRequest {
  /// What the model was told of its work, so that it is recognised when it comes out again.
  fileprivate var instructions: [String] {
    messages.filter { $0.role == .system }.map(\.text)
  }
}

extension ModelAdvice.Proposal {
  fileprivate init(_ correction: ModelCorrection) {
    self.init(said: correction.said, right: correction.right, reason: correction.reason)
  }
}

extension TutorFault {
  fileprivate init(_ fault: ModelFault) {
    self =
      switch fault {
      case .notConfigured: .notConfigured
      case .withheld: .withheld
      case .overBudget: .overBudget
      case .refused: .refused
      case .unreachable, .cancelled: .unreachable
      case .tookTooLong, .tooSlow: .tookTooLong
      // Half a structure is no answer that could be shown.
      case .invalidAnswer, .interrupted: .unusable
      }
  }
}
