import Conversation
import Storage

/// A short word at the hour the person chose, on days without a lesson so far. It comes on one
/// channel only: the one they used last, of those we may write to.
struct DailyReminder: Sendable {
  static let timer = "daily-reminder"

  let hasPractisedToday: Onboarding.HasPractisedToday
  let topicLine: Onboarding.TopicLine
  let weekSummary: Onboarding.WeekSummaryTimer

  /// Keeps what the person has just chosen, as their word on being reminded here.
  func choose(_ profile: Profile, _ turn: Turn) throws {
    let isHere = profile.reminderConversation == turn.conversation
    if profile.reminderMinute == nil || isHere {
      try turn.note(
        profile.reminderMinute == nil ? .withdrawn : .granted, for: .reminders, source: .setting)
    }
    try arrange(profile, turn)
  }

  /// Sets, moves or takes away the timer, as the profile says.
  func arrange(_ profile: Profile, _ turn: Turn) throws {
    guard let minute = profile.reminderMinute else { return try turn.cancelTimer(Self.timer) }
    guard profile.reminderConversation == turn.conversation else { return }
    let dueAt = LocalTime.next(minuteOfDay: minute, after: turn.now, zone: turn.person.timeZone)
    // The person chose the hour, so it does not wait for the end of the quiet ones.
    try turn.setTimer(TimerRequest(Self.timer, dueAt: dueAt, waitsForMorning: false))
  }

  /// Sets the timer of a person who has one of their own again.
  static func restore(
    _ profile: Profile, of person: ID<Person>, at now: Timestamp, in database: Transaction
  ) throws {
    guard let minute = profile.reminderMinute, let conversation = profile.reminderConversation,
      let record = try ConversationRecord.load(conversation, in: database)
    else { return }
    let dueAt = LocalTime.next(minuteOfDay: minute, after: now, zone: record.person.timeZone)
    try ConversationTimers.set(
      TimerRequest(timer, dueAt: dueAt, waitsForMorning: false), in: conversation, database)
  }

  var handler: TimerHandler {
    TimerHandler(Self.timer, runsUnserved: true) { _, turn in
      var profile = try ProfileStore.load(turn.person.id, in: turn.database)
      // Moved to another conversation or taken away since.
      guard profile.reminderMinute != nil, profile.reminderConversation == turn.conversation
      else { return }
      if let other = try betterChannel(turn) {
        profile.reminderConversation = other
        try ProfileStore.save(profile, of: turn.person.id, in: turn.database)
        let request = TimerRequest(Self.timer, dueAt: turn.now, waitsForMorning: false)
        return try turn.setTimer(request, in: other)
      }
      try arrange(profile, turn)
      if let summary = try weekSummary(turn) { try turn.setTimer(summary) }
      guard try !hasPractisedToday(turn.person.id, turn.now, turn.database) else { return }
      try turn.notify(
        Reply(
          text(turn) + (try topic(turn)) + lastWord(profile, turn),
          choices: [
            .command("learn", turn.phrase(HomePhrase.learn)),
            .command(
              OnboardingStep.reminder.changeCommand, turn.phrase(HomePhrase.changeReminder)),
          ], purpose: .reminders))
    }
  }

  /// Something to talk about, for a day on which a lesson is too much. A message that costs by its
  /// length goes without.
  private func topic(_ turn: Turn) throws -> String {
    guard turn.channel != .sms, let line = try topicLine(turn) else { return "" }
    return "\n\n" + line + "\n" + turn.phrase(HomePhrase.reminderTopic)
  }

  /// Before a channel's time to write freely runs out, what happens then: nobody is to wonder why
  /// the reminders end.
  private func lastWord(_ profile: Profile, _ turn: Turn) -> String {
    guard let windowUntil = turn.windowUntil, windowUntil > turn.now,
      let minute = profile.reminderMinute,
      windowUntil
        <= LocalTime.next(minuteOfDay: minute, after: turn.now, zone: turn.person.timeZone)
    else { return "" }
    return "\n\n" + turn.phrase(HomePhrase.reminderLast)
  }

  /// Another channel of the person that they used later, or that may be written to while this one
  /// may not.
  private func betterChannel(_ turn: Turn) throws -> ID<ConversationRecord>? {
    let last = try PersonConversations.lastServed(
      of: turn.person.id, for: .reminders, in: turn.database)
    return last.map(\.id).flatMap { $0 == turn.conversation ? nil : $0 }
  }

  private func text(_ turn: Turn) -> String {
    guard let name = turn.person.name else { return turn.phrase(HomePhrase.reminder) }
    return turn.phrase(HomePhrase.reminderNamed, ["name": .text(name)])
  }
}
