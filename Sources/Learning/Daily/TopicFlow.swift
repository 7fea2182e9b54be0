import Conversation
import Language
import Storage

/// The topic of the day: a question, and a word for whoever answers it.
struct TopicFlow: Flow {
  static let name: FlowName = "topic"
  /// An answer of fewer words is thanked for, but asked to go on.
  static let wordsMin = 4
  private static let otherID = "other"

  struct State: Codable, Sendable, Equatable {
    let topic: String
    /// How many other topics were asked for.
    var others = 0
    var hasAnswered = false
  }

  let topics: DailyTopics
  let choice: LessonChoice
  let ports: LearnerPorts

  var name: FlowName { Self.name }
  var version: Int { 1 }
  var followsPerson: Bool { true }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try ask(others: 0, turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .finished, .failed, .timer: return .wait(state)
    case .choice(Self.otherID): return try ask(others: state.others + 1, turn)
    case .text(let text): return try take(text, state, turn)
    case .choice, .attachment, .location, .contact, .unsupported:
      return try again(state, lead: turn.phrase(TopicPhrase.unclear), turn)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try again(state, lead: nil, turn)
  }

  /// The topic that a reminder carries; nil when there are none.
  func line(_ turn: Turn) throws -> String? {
    guard let topic = try topic(others: 0, turn) else { return nil }
    return Self.text(topic, turn)
  }

  private func topic(others: Int, _ turn: Turn) throws -> DailyTopic? {
    topics.pick(
      level: try choice.level(turn),
      interests: try ports.interestsOf(turn.person.id, turn.database),
      day: LocalTime(turn.now, zone: turn.person.timeZone).day + others)
  }

  private func ask(others: Int, _ turn: Turn) throws -> Next<State> {
    guard let topic = try topic(others: others, turn) else {
      try turn.say(
        Reply(turn.phrase(TopicPhrase.none), choices: [menu(turn)]))
      return .leave
    }
    return try again(State(topic: topic.id, others: others), lead: nil, turn)
  }

  private func again(_ state: State, lead: String?, _ turn: Turn) throws -> Next<State> {
    guard let topic = topics.all.first(where: { $0.id == state.topic }) else { return .finish }
    return try turn.ask(
      Reply(
        (lead.map { $0 + "\n\n" } ?? "") + Self.text(topic, turn),
        choices: [Choice(Self.otherID, turn.phrase(TopicPhrase.other)), menu(turn)],
        acceptsText: true), then: state)
  }

  private func take(_ text: String, _ state: State, _ turn: Turn) throws -> Next<State> {
    if turn.phrasebook.matches(TypedAnswer.normalise(text), word: "back") { return .finish }
    let words = AnswerText.form(text).split(separator: " ").count
    guard words >= Self.wordsMin else {
      return try again(state, lead: turn.phrase(TopicPhrase.more), turn)
    }
    _ = try Earning.countDay(turn)
    let total = try ProgressStore.add(
      Rewards.topicXP, kind: Rewards.topicKind, max: Rewards.topicXP, to: turn.person.id,
      day: LocalTime(turn.now, zone: turn.person.timeZone).day, in: turn.database)
    try turn.say(
      Reply(
        turn.phrase(
          TopicPhrase.thanks, ["words": .number(words), "xp": .number(total)]),
        choices: [.command("learn", turn.phrase(ReviewPhrase.learn)), menu(turn)]))
    return .leave
  }

  private func menu(_ turn: Turn) -> Choice { .command("menu", turn.phrase(LessonPhrase.menu)) }

  private static func text(_ topic: DailyTopic, _ turn: Turn) -> String {
    let language = turn.person.language
    let title = "💬 **\(Markup.escape(topic.title[language]))**"
    let question = Markup.escape(topic.question[.english])
    guard language != .english, let own = topic.question.exactly(language) else {
      return title + "\n" + question
    }
    return title + "\n" + question + "\n" + Markup.escape(own)
  }
}

/// What is said about the topic of the day.
enum TopicPhrase: String, Phrase {
  case more = "topic.more"
  case none = "topic.none"
  case other = "topic.other"
  case thanks = "topic.thanks"
  case unclear = "topic.unclear"

  static let buttons: [TopicPhrase] = [.other]
}
