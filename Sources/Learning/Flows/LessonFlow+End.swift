import Conversation
import Language
import Storage

extension LessonFlow {
  func finish(
    _ state: LessonState, _ lesson: Lesson, lead: String?, _ turn: Turn
  ) throws -> Next<LessonState> {
    var state = state
    let isNew = try LessonStore.finish(
      state.run, percent: state.accuracyPercent, at: turn.now, in: turn.database)
    if isNew, state.answeredShare >= Rewards.answeredShareMin {
      try Earning.add(Rewards.lessonXP, Rewards.lessonKind, Rewards.lessonDailyMax, &state, turn)
    }
    let streak = try ProgressStore.streak(of: turn.person.id, in: turn.database)
    if let lead {
      let marks = isNew ? LessonFeedback.choices(state.run, turn) : []
      let question = marks.isEmpty ? "" : "\n\n" + turn.phrase(FeedbackPhrase.ask)
      try turn.say(Reply(lead + question, choices: marks))
    }
    if isNew { try afterwards(turn) }
    var text = LessonText.summary(state, lesson, streak: streak, turn)
    if case .lesson(let next) = try choice.find(LessonChoice.another, turn), next.id != lesson.id {
      let title = "\(next.level.rawValue) · \(next.title[turn.person.language])"
      text += "\n\n" + turn.phrase(LessonPhrase.whatNext, ["title": .text(title)])
    }
    var choices = [Choice.command("next", turn.phrase(LessonPhrase.next))]
    if state.mendedCount < state.again.count || state.percents.contains(LessonState.skippedPercent)
    {
      choices.append(.command("mistakes", turn.phrase(LessonPhrase.repeatMistakes)))
    }
    choices.append(.command("menu", turn.phrase(LessonPhrase.menu)))
    try turn.say(Reply(text, choices: choices))
    return .leave
  }
}
