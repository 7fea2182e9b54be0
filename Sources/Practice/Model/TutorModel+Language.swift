import Conversation
package import Language

extension TutorModel {
  /// A language model with our prompts: the live form of the port.
  package init(_ model: any LanguageModel, prompts: PromptLibrary, personas: PersonaLibrary) {
    let asking = Asking(model: model, prompts: prompts, personas: personas)
    self.init(
      advise: { question async throws(TutorFault) in try await asking.advise(question) },
      converse: { question, onText async throws(TutorFault) in
        try await asking.converse(question, onText: onText)
      },
      summarise: { question async throws(TutorFault) in try await asking.summarise(question) })
  }
}

/// Asks a model what the tasks' prompts say, and reads its structured answers.
private struct Asking: Sendable {
  let model: any LanguageModel
  let prompts: PromptLibrary
  let personas: PersonaLibrary

  func advise(
    _ question: AdviceQuestion
  ) async throws(TutorFault) -> TutorAnswer<ModelAdvice> {
    let input: PromptInput =
      switch question.form {
      case .written: .feedback(text: question.words, topic: question.question)
      case .spoken:
        .voiceFeedback(heard: question.words, target: nil, topic: question.question)
      }
    let request = try request(input, question.learner)
    guard let feedback = ModelFeedback(try await answer(request)) else {
      throw .unusable
    }
    return TutorAnswer(
      ModelAdvice(
        praise: feedback.praise,
        corrections: feedback.corrections.map(ModelAdvice.Proposal.init),
        better: feedback.better, next: feedback.nextStep),
      instructions: Self.instructions(request))
  }

  func converse(
    _ question: TalkQuestion, onText: @escaping @Sendable (String) async -> Void
  ) async throws(TutorFault) -> TutorAnswer<PartnerLine> {
    let input = PromptInput.partner(
      said: question.lines.last?.text ?? "", talk: Array(question.lines.dropLast()),
      memory: question.memories, style: question.style)
    let request = try request(input, question.learner)
    let answer: ModelAnswer
    do {
      answer = try await model.stream(request, onText: onText)
    } catch {
      throw TutorFault(error)
    }
    guard let reply = PartnerReply(answer) else { throw .unusable }
    return TutorAnswer(
      PartnerLine(reply.reply, correction: reply.correction.map(ModelAdvice.Proposal.init)),
      instructions: Self.instructions(request))
  }

  func summarise(_ question: TalkQuestion) async throws(TutorFault) -> String {
    let request = try request(.summary(talk: question.lines), question.learner)
    guard let summary = SessionSummary(try await answer(request)) else { throw .unusable }
    let practise = summary.toPractise.prefix(3).joined(separator: "; ")
    return practise.isEmpty ? summary.memory : summary.memory + " To practise: " + practise
  }

  private func request(
    _ input: PromptInput, _ learner: TutorLearner
  ) throws(TutorFault) -> ModelRequest {
    guard let persona = personas[learner.persona] ?? personas[PersonaLibrary.standardID] else {
      throw .notConfigured
    }
    return prompts.request(
      input, level: learner.level, language: learner.language, persona: persona,
      person: learner.person)
  }

  private func answer(_ request: ModelRequest) async throws(TutorFault) -> ModelAnswer {
    do {
      return try await model.complete(request)
    } catch {
      throw TutorFault(error)
    }
  }

  /// What the model was told, without what the learner said.
  private static func instructions(_ request: ModelRequest) -> [String] {
    request.messages.filter { $0.role == .system }.map(\.text)
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
      case .unreachable: .unreachable
      case .tookTooLong, .cancelled: .tookTooLong
      case .invalidAnswer: .unusable
      case .interrupted(let partial), .tooSlow(let partial): .interrupted(partial)
      }
  }
}

extension ModelAdvice.Proposal {
  fileprivate init(_ correction: ModelCorrection) {
    self.init(said: correction.said, right: correction.right, reason: correction.reason)
  }
}
