import Conversation
import Language

/// The guided conversation: subjects and questions from files, one after another.
struct TalkGuide: Sendable {
  let kit: PracticeKit

  func topic(named text: String) -> String? {
    let word = TypedAnswer.normalise(text)
    return kit.content.topics.topics.first { topic in
      topic.title.languages.contains { TypedAnswer.normalise(topic.title[$0]) == word }
    }?.id
  }

  func chooseTopic(
    _ state: TalkState, lead: String?, _ turn: Turn
  ) throws -> Next<TalkState> {
    let text = [lead, turn.phrase(TalkPhrase.chooseTopic)].compactMap(\.self)
    let topics = kit.content.topics.topics.map { Choice($0.id, $0.title[turn.person.language]) }
    return try turn.ask(
      Reply(
        text.joined(separator: "\n\n"),
        choices: topics + [.command("menu", turn.phrase(PracticePhrase.menu))]), then: state)
  }

  func begin(
    _ topic: String, _ state: TalkState, lead: String?, _ turn: Turn
  ) throws -> Next<TalkState> {
    var state = state
    state.mode = .guided
    state.topic = topic
    state.question = nil
    return try next(state, lead: lead, turn)
  }

  /// The question that follows from the answer, or the next one of the subject.
  func next(
    _ state: TalkState, answer: String? = nil, lead: String?, _ turn: Turn
  ) throws -> Next<TalkState> {
    var state = state
    let topic = state.topic.flatMap { kit.content.topics[$0] } ?? kit.content.topics.topics.first
    guard let topic else { return try chooseTopic(state, lead: lead, turn) }
    if let answer, !state.isFollowUp, let id = state.question,
      let followUp = topic[question: id]?.followUp(to: answer)
    {
      state.isFollowUp = true
      state.asked = followUp
      return try show(state, starter: nil, lead: lead, turn)
    }
    let level = try kit.level(turn)
    let fresh = topic.questions(level: level).first {
      !state.done.contains("\(topic.id)/\($0.id)")
    }
    guard let question = fresh else {
      state.done = state.done.filter { !$0.hasPrefix(topic.id + "/") }
      state.mode = .choosing
      let thanks = [lead, turn.phrase(TalkPhrase.topicDone)].compactMap(\.self)
      return try chooseTopic(state, lead: thanks.joined(separator: "\n\n"), turn)
    }
    state.topic = topic.id
    state.question = question.id
    state.isFollowUp = false
    state.asked = question.ask
    state.done.append("\(topic.id)/\(question.id)")
    return try show(state, starter: question.starter, lead: lead, turn)
  }

  func askAgain(
    _ state: TalkState, lead: String?, _ turn: Turn
  ) throws -> Next<TalkState> {
    try show(state, starter: nil, lead: lead, turn)
  }

  private func show(
    _ state: TalkState, starter: String?, lead: String?, _ turn: Turn
  ) throws -> Next<TalkState> {
    var parts = [lead, "**" + Markup.escape(state.asked ?? "") + "**"].compactMap(\.self)
    if let starter { parts.append("_" + Markup.escape(starter) + "_") }
    return try turn.ask(
      Reply(
        parts.joined(separator: "\n\n"),
        choices: [
          Choice(TalkFlow.endID, turn.phrase(TalkPhrase.end)),
          .command("menu", turn.phrase(PracticePhrase.menu)),
        ], acceptsText: true), then: state)
  }
}
