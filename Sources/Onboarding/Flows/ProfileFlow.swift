import Conversation
import Language

/// Shows what a person has told, and corrects one answer at a time with the question that asked
/// for it. The buttons are commands, so that they keep working however old the message is.
struct ProfileFlow: Flow {
  static let name: FlowName = "profile"

  struct State: Codable, Sendable, Equatable {
    var step: OnboardingStep
    var draft = Draft()
  }

  let questions: QuestionSet
  let reminder: DailyReminder

  var name: FlowName { Self.name }
  var version: Int { 1 }
  var reads: Set<ReadableKind> { [.location, .contact] }

  /// `argument` names the answer to correct; without one the profile is shown.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    let profile = try ProfileStore.load(turn.person.id, in: turn.database)
    guard let step = argument.flatMap(OnboardingStep.init) else { return try show(profile, turn) }
    var asking = Asking(draft: Draft(), profile: profile, turn: turn)
    asking.draft = questions[step].draft(asking)
    return try ask(step, asking, lead: nil)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    if input.isEvent { return .wait(state) }
    let profile = try ProfileStore.load(turn.person.id, in: turn.database)
    var asking = Asking(draft: state.draft, profile: profile, turn: turn)
    if Navigation.wantsBack(input, turn) || Navigation.wantsSkip(input, turn) {
      return try show(profile, turn)
    }
    switch try questions[state.step].answer(input, &asking) {
    case .taken: return try keep(asking, after: state.step)
    case .unclear(let why): return try ask(state.step, asking, lead: why)
    case .more: return try ask(state.step, asking, lead: nil)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    let profile = try ProfileStore.load(turn.person.id, in: turn.database)
    return try ask(
      state.step, Asking(draft: state.draft, profile: profile, turn: turn), lead: nil)
  }

  private func keep(_ asking: Asking, after step: OnboardingStep) throws -> Next<State> {
    let turn = asking.turn
    var profile = asking.profile
    if profile.completedAt != nil, step == .reminder || step == .zone {
      if step == .reminder {
        profile.reminderConversation = profile.reminderMinute == nil ? nil : turn.conversation
      }
      try reminder.choose(profile, turn)
    }
    try ProfileStore.save(profile, of: turn.person.id, in: turn.database)
    return try show(profile, turn)
  }

  private func ask(_ step: OnboardingStep, _ asking: Asking, lead: String?) throws -> Next<State> {
    var asking = asking
    var reply = try questions[step].ask(&asking)
    reply.text = (lead.map { $0 + "\n\n" } ?? "") + reply.text
    reply.choices.append(Navigation.back(asking.turn))
    return try asking.turn.ask(reply, then: State(step: step, draft: asking.draft))
  }

  private func show(_ profile: Profile, _ turn: Turn) throws -> Next<State> {
    let view = ProfileView(profile: profile, questions: questions)
    try turn.say(view.reply(turn))
    return .leave
  }
}
