import Conversation
import Foundation
import Language
import Onboarding
import Rehearsal
import Storage
import Synchronization

/// The capability on a real engine, beside a lesson of one line.
struct OnboardingStage {
  /// Read once for all stages.
  private static let content = Result {
    try OnboardingContent.load(from: Project.root.appendingPathComponent("Curriculum"))
  }

  let rehearsal: Rehearsal
  let practised = Practised()

  init(
    _ languages: [String] = ["en", "fa", "ar"], chat: String = "chat-1",
    channel: Channel = .webchat
  ) throws {
    let practised = practised
    let onboarding = Onboarding(
      content: try Self.content.get(),
      hasPractisedToday: { _, _, _ in practised.value },
      weekSummary: { turn in
        practised.tellsWeek ? TimerRequest("week-summary", dueAt: turn.now) : nil
      })
    let book = Phrasebook(
      try Project.catalogues.get().filter { languages.contains($0.language.text) })
    let engine = Engine(
      phrasebook: book, flows: onboarding.flows + [AnyFlow(OneLineLesson())], home: "home",
      welcome: "onboarding",
      commands: onboarding.commands + [Command("learn", .open("lesson", argument: nil))],
      timers: onboarding.timers,
      capabilities: [
        .sms: Self.capabilities(), .telegram: Self.capabilities(),
        .webchat: Self.capabilities(isPushed: false),
        .whatsapp: Self.capabilities(windowMs: 86_400_000),
      ],
      ids: IDSource(seed: 1))
    rehearsal = try Rehearsal(
      engine: engine, migrations: ConversationSchema.migrations + Onboarding.migrations,
      channel: channel, chat: chat)
  }

  private static func capabilities(
    isPushed: Bool = true, windowMs: Int64? = nil
  ) -> Capabilities {
    Capabilities(
      textLengthMax: 4_000, buttonsMax: 16, buttonTitleLengthMax: 40, settlesButtons: false,
      isPushed: isPushed, windowMs: windowMs)
  }

  /// Answers every question, skipping the test.
  func complete(reminder: String = "08:00", zone: String = "Tehran") throws {
    for word in ["hi", "English", "Sara", "Done", "Done", "10", reminder, zone, "B1", "Skip"] {
      try rehearsal.say(word)
    }
  }

  func last() throws -> Rehearsal.Said {
    try rehearsal.messages().last ?? Rehearsal.Said(text: "", buttons: [], tokens: [])
  }

  /// When the reminder is due, in milliseconds; nil when none is set.
  func reminderDueAt() throws -> Int64? {
    try rehearsal.database.readBlocking {
      try $0.first("SELECT due_at FROM timers WHERE name = 'daily-reminder'")?.value("due_at")
    }
  }

  func profile(_ column: String) throws -> String? {
    try rehearsal.database.readBlocking { database in
      try database.first(
        """
        SELECT goals, interests, level, self_estimate, placement_level,
          CAST(minutes_per_day AS TEXT) AS minutes_per_day FROM profiles
        """)?.value(column)
    }
  }

  func person() throws -> Person? {
    try rehearsal.database.readBlocking { try rehearsal.record($0)?.person }
  }
}

final class Practised: Sendable {
  private let state = Mutex((practised: false, tellsWeek: false))
  var value: Bool { state.withLock { $0.practised } }
  /// Whether something is to be told of the week at the reminder's hour.
  var tellsWeek: Bool { state.withLock { $0.tellsWeek } }
  func set(_ value: Bool) { state.withLock { $0.practised = value } }
  func setTellsWeek(_ value: Bool) { state.withLock { $0.tellsWeek = value } }
}

struct OneLineLesson: Flow {
  struct State: Codable, Equatable, Sendable {}
  var name: FlowName { "lesson" }
  var version: Int { 1 }
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("Lesson \(argument ?? "one"): say yes"), then: State())
  }
  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    if case .text("yes") = input {
      try turn.say(Reply("Lesson complete"))
      return .leave
    }
    return try turn.ask(Reply("say yes"), then: State())
  }
  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("say yes"), then: State())
  }
}
