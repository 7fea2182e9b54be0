import Conversation
import Language

/// The first conversation: nine short questions in order, each with a way back, then the profile.
///
/// Every answer is kept as it is given, so nothing is lost when somebody stops in the middle, and
/// nothing has to be finished before the first lesson.
struct OnboardingFlow: Flow {
  static let name: FlowName = "onboarding"
  static let lesson: FlowName = "lesson"
  /// A deep link that leads straight to a lesson: `lesson` or `lesson_<id>`.
  private static let lessonLink = "lesson"

  struct State: Codable, Sendable, Equatable {
    var step: OnboardingStep
    var draft = Draft()

    init(step: OnboardingStep, draft: Draft = Draft()) {
      self.step = step
      self.draft = draft
    }

    init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      step = try fields.decode(OnboardingStep.self, forKey: .step)
      draft = try fields.decodeIfPresent(Draft.self, forKey: .draft) ?? Draft()
    }

    /// Without the draft where there is none: most questions are answered by one message.
    func encode(to encoder: any Encoder) throws {
      var fields = encoder.container(keyedBy: CodingKeys.self)
      try fields.encode(step, forKey: .step)
      if draft != Draft() { try fields.encode(draft, forKey: .draft) }
    }

    private enum CodingKeys: String, CodingKey {
      case step
      case draft
    }
  }

  let questions: QuestionSet
  let reminder: DailyReminder

  var name: FlowName { Self.name }
  var version: Int { 1 }
  var reads: Set<ReadableKind> { [.location, .contact] }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    let profile = try ProfileStore.load(turn.person.id, in: turn.database)
    if profile.completedAt != nil { return .replace(ProfileFlow.name, argument: nil) }
    if let argument, argument.hasPrefix(Self.lessonLink) {
      let id = argument.dropFirst(Self.lessonLink.count).drop { $0 == "_" || $0 == "-" }
      return .push(
        Self.lesson, argument: id.isEmpty ? nil : String(id), then: State(step: .language))
    }
    return try ask(.language, profile, lead: nil, turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    if input.isEvent { return .wait(state) }
    let profile = try ProfileStore.load(turn.person.id, in: turn.database)
    var asking = Asking(draft: state.draft, profile: profile, turn: turn)
    let question = questions[state.step]
    if Navigation.wantsBack(input, turn) {
      return try ask(state.step.previous ?? state.step, profile, lead: nil, turn)
    }
    if question.isSkippable, Navigation.wantsSkip(input, turn) {
      if let staircase = state.draft.staircase { PlacementQuestion.conclude(staircase, &asking) }
      return try goOn(from: state.step, asking)
    }
    switch try question.answer(input, &asking) {
    case .taken: return try goOn(from: state.step, asking)
    case .unclear(let why): return try ask(state.step, asking, lead: why)
    case .more: return try ask(state.step, asking, lead: nil)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    let profile = try ProfileStore.load(turn.person.id, in: turn.database)
    if profile.completedAt != nil { return .replace(ProfileFlow.name, argument: nil) }
    let asking = Asking(draft: state.draft, profile: profile, turn: turn)
    return try ask(state.step, asking, lead: nil)
  }

  /// Keeps the answer and asks what comes next, or ends.
  private func goOn(from step: OnboardingStep, _ asking: Asking) throws -> Next<State> {
    let turn = asking.turn
    var profile = asking.profile
    guard let next = step.next else {
      profile.level = profile.level ?? Profile.standardLevel
      profile.completedAt = turn.now
      profile.reminderConversation = profile.reminderMinute == nil ? nil : turn.conversation
      try ProfileStore.save(profile, of: turn.person.id, in: turn.database)
      try reminder.choose(profile, turn)
      return .replace(ProfileFlow.name, argument: nil)
    }
    try ProfileStore.save(profile, of: turn.person.id, in: turn.database)
    return try ask(next, profile, lead: lead(after: step, turn), turn)
  }

  private func lead(after step: OnboardingStep, _ turn: Turn) -> String? {
    switch step {
    case .language: return turn.phrase(OnboardingPhrase.welcome)
    case .name:
      guard let name = turn.person.name else { return nil }
      return turn.phrase(OnboardingPhrase.niceToMeet, ["name": .text(name)])
    case .goals, .interests, .minutes, .reminder, .zone, .estimate, .placement: return nil
    }
  }

  private func ask(
    _ step: OnboardingStep, _ profile: Profile, lead: String?, _ turn: Turn
  ) throws -> Next<State> {
    var asking = Asking(draft: Draft(), profile: profile, turn: turn)
    asking.draft = questions[step].draft(asking)
    return try ask(step, asking, lead: lead)
  }

  /// One message: a word before the question, how far we are, the question, and the ways out.
  private func ask(_ step: OnboardingStep, _ asking: Asking, lead: String?) throws -> Next<State> {
    var asking = asking
    let turn = asking.turn
    var reply = try questions[step].ask(&asking)
    let bar = Navigation.progress(
      step.number, of: OnboardingStep.allCases.count, in: turn.person.language)
    reply.text = (lead.map { $0 + "\n\n" } ?? "") + bar + "\n" + reply.text
    if step == .placement || step == .name {
      reply.choices.append(Navigation.skip(turn))
    }
    if step.previous != nil { reply.choices.append(Navigation.back(turn)) }
    if step == .language || step == .name {
      reply.choices.append(.command("learn", turn.phrase(OnboardingPhrase.lessonFirst)))
    }
    return try turn.ask(reply, then: State(step: step, draft: asking.draft))
  }
}
