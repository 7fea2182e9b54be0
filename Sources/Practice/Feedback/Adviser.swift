import Conversation
import Feedback

/// Looks at a learner's words: the built-in check always, a model where there is one and it may be
/// asked. Whatever the model does, there is an answer.
struct Adviser: Sendable {
  /// The built-in check refuses nothing, but nobody reads feedback on more.
  static let wordsLengthMax = Engine.textLengthMax

  let check: PracticePorts.Check
  let model: TutorModel?

  /// What the built-in check finds.
  func basic(
    on words: String, form: WordsForm, source: Advice.Source = .basic
  ) async -> Advice {
    await Aside.run { [check] in
      BasicAdvice.advice(
        on: words, check(words, Self.mode(form, words)), form: form, source: source)
    }
  }

  func advice(_ question: AdviceQuestion, mayAskModel: Bool) async -> Advice {
    guard mayAskModel, let model else {
      return await basic(on: question.words, form: question.form)
    }
    let answer: TutorAnswer<ModelAdvice>
    do {
      answer = try await model.advise(question)
    } catch {
      return await basic(on: question.words, form: question.form, source: Self.source(error))
    }
    return await Aside.run { [check] in
      let mode = Self.mode(question.form, question.words)
      let examination = CorrectionCheck(
        words: question.words, form: question.form, language: question.learner.language,
        suspicion: TextSuspicion(instructions: answer.instructions),
        check: { check($0, mode) })
      // Nothing of the answer stands: it was no use, and that is said.
      return examination.examine(answer.value).advice
        ?? BasicAdvice.advice(
          on: question.words, check(question.words, mode), form: question.form,
          source: .basicInstead)
    }
  }

  private static func source(_ fault: TutorFault) -> Advice.Source {
    switch fault {
    case .notConfigured, .withheld: .basic
    case .overBudget: .basicOverBudget
    case .tookTooLong, .unreachable, .refused, .unusable, .interrupted: .basicInstead
    }
  }

  /// What is written with care is looked at with care.
  private static func mode(_ form: WordsForm, _ words: String) -> CheckMode {
    form == .written && words.count > 200 ? .essay : .chat
  }
}
