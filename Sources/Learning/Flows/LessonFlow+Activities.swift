import Conversation
import Language
import Storage

extension LessonFlow {
  /// What somebody says to the open activity.
  func answer(
    _ input: Input, _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    guard let open = state.queue.first else { return try finish(state, lesson, lead: nil, turn) }
    let activity = lesson.activities[open]
    guard let attempt = state.attempt, attempt.fits(activity) else {
      return try ask(state, lesson, lead: nil, isFresh: true, turn)
    }
    if case .choice(Self.hintID) = input { return try hint(state, lesson, turn) }
    if isChoice(Self.skipID, input, turn) { return try take(.skipped, state, lesson, turn) }
    if case .attachment(let attachment) = input {
      return try listen(to: attachment, state, lesson, turn)
    }
    switch activity.read(input, attempt, turn) {
    case .unclear(let why):
      // A word for a hint can be an answer, so it is tried as one first.
      if isChoice(Self.hintID, input, turn) { return try hint(state, lesson, turn) }
      return try ask(state, lesson, lead: turn.phrase(why), turn)
    case .more(let picked):
      var state = state
      state.attempt?.picked = picked
      return try ask(state, lesson, lead: nil, turn)
    case .scored(let score):
      if score.outcome == .wrong || score.outcome == .partial, !state.isRepeat {
        try WrongAnswers.note(input, to: activity, at: open, attempt, of: lesson, turn)
      }
      return try take(score, state, lesson, turn)
    }
  }

  /// Whispers, once; it is said what that costs.
  private func hint(
    _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    guard let open = state.queue.first, let attempt = state.attempt, !attempt.isHinted,
      let clue = lesson.activities[open].clue(attempt, turn)
    else { return try ask(state, lesson, lead: turn.phrase(LessonPhrase.noHint), turn) }
    var state = state
    state.attempt?.isHinted = true
    let cost =
      state.isRepeat ? "" : " _(" + turn.phrase(LessonPhrase.hintCost) + ")_"
    return try ask(state, lesson, lead: "💡 " + clue + cost, turn)
  }

  /// Keeps what an answer was worth, says so, and goes on.
  ///
  /// - Parameter heard: what a voice message was understood as, as markup.
  func take(
    _ full: Score, heard: String? = nil, _ state: LessonState, _ lesson: Lesson, _ turn: Turn
  ) throws -> Next<LessonState> {
    var state = state
    let open = state.queue.first ?? 0
    let activity = lesson.activities[open]
    let score = state.attempt?.isHinted == true ? full.hinted : full
    let isNew = try LessonStore.keep(
      score, of: open, kind: activity.kind, attempt: state.round, in: state.run,
      at: turn.now, turn.database)
    if isNew { try Earning.reward(score, activity.kind, &state, turn) }
    state.advance(score)
    let feedback = LessonText.feedback(full, to: activity, turn)
    let lead = [heard, feedback].compactMap(\.self).joined(separator: "\n")
    return try ask(state, lesson, lead: lead, isFresh: true, turn)
  }

  /// Feedback and the next question in one message; the end in one of its own.
  ///
  /// - Parameter isFresh: whether what is spoken is sent, too; asked again it is on the screen.
  func ask(
    _ state: LessonState, _ lesson: Lesson, lead: String?, isFresh: Bool = false, _ turn: Turn
  ) throws -> Next<LessonState> {
    guard let open = state.queue.first else { return try finish(state, lesson, lead: lead, turn) }
    if turn.isInBackground { return try tellBeside(state, lead: lead, turn) }
    let activity = lesson.activities[open]
    var state = state
    state.askedAt = turn.now
    // One that belongs to another text would be asked for ever.
    var attempt =
      state.attempt.flatMap { $0.fits(activity) ? $0 : nil }
      ?? Attempt(activity, using: &turn.random)
    let sound = try sound(of: activity, turn)
    attempt.hasSound = sound != nil
    attempt.hearsVoice = activity.voiceTask.map { hears(turn.channel, $0.words) } ?? false
    state.attempt = attempt
    var reply = activity.ask(attempt, turn)
    let bar = LessonText.progress(state, turn)
    reply.text = (lead.map { $0 + "\n\n" } ?? "") + bar + "\n" + reply.text
    if isFresh { reply.media = sound }
    if !attempt.isHinted, activity.clue(attempt, turn) != nil {
      reply.choices.append(Choice(Self.hintID, turn.phrase(LessonPhrase.hint)))
    }
    reply.choices.append(Choice(Self.skipID, turn.phrase(LessonPhrase.skip)))
    return try turn.ask(reply, then: state)
  }

  /// Nil where no file can be sent, or the sound has not been made.
  private func sound(of activity: any Activity, _ turn: Turn) throws -> OutgoingMedia? {
    guard turn.carriesFiles, let text = activity.speech else { return nil }
    return try speech(SpokenText(text), turn)
  }
}
