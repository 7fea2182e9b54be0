import Conversation
import Foundation
import Storage

/// A voice message is listened to by a job while the question stays open. Whatever is said
/// meanwhile is an answer as always; when it settles the activity, what was heard comes too late
/// and is left alone, as its ticket is no longer the one that is waited for. Of several voice
/// messages the last counts.
extension LessonFlow {
  func listen(
    to attachment: Content.Attachment, _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    guard attachment.kind == .voice, let open = state.queue.first,
      let task = lesson.activities[open].voiceTask, hears(turn.channel, task.words)
    else { return try ask(state, lesson, lead: turn.phrase(LessonPhrase.noVoice), turn) }
    let ticket: ID<LessonReading.Request> = turn.newID()
    let request = LessonReading.Request(
      ticket: ticket.text, channel: turn.channel, fileID: attachment.fileID,
      durationSeconds: attachment.durationSeconds, expected: task.expected)
    let payload = String(decoding: try JSONEncoder().encode(request), as: UTF8.self)
    try turn.start(
      JobRequest(
        LessonReading.job, payload: payload, lateAfterMs: LessonReading.lateAfterMs))
    try turn.notify(Reply(turn.phrase(LessonPhrase.listening)))
    var state = state
    state.ticket = ticket.text
    return .wait(state)
  }

  func hear(
    _ json: String, _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    let result = try JSONDecoder().decode(LessonReading.Result.self, from: Data(json.utf8))
    guard let ticket = state.ticket, ticket == result.ticket, let open = state.queue.first,
      let task = lesson.activities[open].voiceTask
    else { return .wait(state) }
    switch result.verdict {
    case .silent, .unclear, .tooLong:
      var state = state
      state.ticket = nil
      let why: LessonPhrase =
        switch result.verdict {
        case .silent: .voiceSilent
        case .tooLong: .voiceTooLong
        case .unclear, .understood: .voiceUnclear
        }
      return try ask(state, lesson, lead: turn.phrase(why), turn)
    case .understood:
      return try take(
        task.score(result.text), heard: LessonText.heard(result, turn), state, lesson, turn)
    }
  }

  func giveUpListening(
    _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    guard state.ticket != nil else { return .wait(state) }
    var state = state
    state.ticket = nil
    return try ask(state, lesson, lead: turn.phrase(LessonPhrase.noVoice), turn)
  }

  /// While another flow talks with the person, what was heard is told beside it. The next question
  /// waits until the lesson is on top again: an answer to it would go to the other flow.
  func tellBeside(
    _ state: LessonState, lead: String?, _ turn: Turn
  ) throws -> Next<LessonState> {
    if let lead {
      let goOn = Choice.command("learn", turn.phrase(LessonListPhrase.goOn))
      try turn.notify(Reply(lead, choices: [goOn]))
    }
    return .wait(state)
  }
}
