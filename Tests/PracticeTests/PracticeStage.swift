import Conversation
import Feedback
import Foundation
import Language
import Learning
import Practice
import Rehearsal
import Speech
import Storage
import Synchronization

/// Practising on a real engine and database, with the real built-in check and a scripted outside
/// world. Jobs run when `work` is called.
final class PracticeStage {
  /// Read once: it takes a moment.
  static let checker = Result {
    try TextChecker(lexicon: Project.root.appendingPathComponent("Lexicon"))
  }

  private static let content = Result {
    try PracticeContent.load(
      curriculum: Project.root.appendingPathComponent("Curriculum"),
      personas: Project.root.appendingPathComponent("Personas"))
  }

  let rehearsal: Rehearsal
  let world: ScriptedWorld
  private let queue: WorkQueue
  private let handlers: [JobKind: JobHandler]

  init(
    _ world: ScriptedWorld = ScriptedWorld(), level: String = "A2", channel: Channel = .telegram
  ) throws {
    self.world = world
    let ports = world.ports(try Self.checker.get())
    var abilities = ports.abilities
    abilities.sendsAnswers = world.now.mouthIsOthers
    let practice = Practice(
      content: try Self.content.get(), abilities: abilities, operatorName: "Sara's school",
      levelOf: { _, _ in level }
    ) { person, points, now, database in
      try Learning.award(person, points: points, at: now, in: database)
    }
    let book = Phrasebook(try Project.catalogues.get())
    let engine = Engine(
      phrasebook: book,
      flows: practice.flows + [AnyFlow(PlainHome()), AnyFlow(PlainWelcome()), AnyFlow(Quiz())],
      home: "home", welcome: "welcome",
      commands: practice.commands + [
        Command("menu", .goHome), Command("quiz", .open("quiz", argument: nil)),
      ],
      timers: practice.timers,
      capabilities: [
        channel: Capabilities(
          textLengthMax: 4_000, buttonsMax: 20, buttonTitleLengthMax: 60, settlesButtons: false,
          isPushed: false, captionLengthMax: 1_000)
      ],
      ids: IDSource(seed: 1), listener: Practice.voiceFlow)
    rehearsal = try Rehearsal(
      engine: engine,
      migrations: ConversationSchema.migrations + Learning.migrations + Practice.migrations,
      channel: channel)
    let all = practice.jobHandlers(
      ports, book, rehearsal.database, TimeSource { [world] in world.clock.withLock { $0 } })
    queue = WorkQueue(engine: engine, handlers: all)
    handlers = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })
  }

  /// Begins a conversation and gets past the welcome.
  func begin(language: String = "en") throws {
    try rehearsal.say("/start", languageHint: language)
    try rehearsal.say("anything")
  }

  @discardableResult
  func say(_ text: String) throws -> [Rehearsal.Said] { try rehearsal.say(text) }

  @discardableResult
  func press(_ title: String) throws -> [Rehearsal.Said] { try rehearsal.press(title) }

  @discardableResult
  func sendVoice(_ file: String = "voice-1", seconds: Int = 5) throws -> [Rehearsal.Said] {
    try rehearsal.send(
      .attachment(.init(kind: .voice, fileID: file, durationSeconds: seconds)))
  }

  /// Runs what is due until nothing is, moving the clock over pauses between tries.
  ///
  /// - Returns: what was said meanwhile.
  @discardableResult
  func work() async throws -> [Rehearsal.Said] {
    let before = try rehearsal.messages().count
    for _ in 0..<20 {
      let now = rehearsal.now
      world.clock.withLock { $0 = now }
      let claim = try rehearsal.database.writeBlocking {
        try queue.claim(at: now, limit: 4, in: $0)
      }
      for job in claim.jobs { try await run(job) }
      while try rehearsal.database.writeBlocking({
        try queue.fireTimer(at: rehearsal.now, in: $0)
      }) != .noneDue {}
      let due = try rehearsal.database.readBlocking { try queue.nextDueAt(in: $0) }
      guard let due else { break }
      if due > rehearsal.now { rehearsal.move(to: due) }
    }
    return Array(try rehearsal.messages().dropFirst(before))
  }

  private func run(_ job: Job) async throws {
    let outcome = await handlers[job.kind]?.run(job) ?? .discard(reason: "no handler")
    var random = RandomSource(seed: 1)
    _ = try rehearsal.database.writeBlocking {
      try queue.settle(job, outcome, at: rehearsal.now, random: &random, in: $0)
    }
  }

  func last() throws -> Rehearsal.Said {
    try rehearsal.messages().last ?? Rehearsal.Said(text: "", buttons: [], tokens: [])
  }

  /// The newest message with that in its text.
  func newest(with part: String) throws -> Rehearsal.Said? {
    try rehearsal.messages().last { $0.text.contains(part) }
  }

  func number(_ sql: SQL) throws -> Int {
    try rehearsal.database.readBlocking { try $0.first(sql)?.value("n") ?? -1 }
  }

  /// How many voices have been sent.
  func voices() throws -> Int {
    try number("SELECT count(*) AS n FROM messages WHERE media_id IS NOT NULL")
  }

  func xp() throws -> Int { try number("SELECT coalesce(sum(xp), 0) AS n FROM daily_xp") }
}

struct PlainHome: Flow {
  struct State: Codable, Equatable, Sendable {}
  var name: FlowName { "home" }
  var version: Int { 1 }
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("home"), then: State())
  }
  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("home"), then: State())
  }
  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("home"), then: State())
  }
}

struct PlainWelcome: Flow {
  struct State: Codable, Equatable, Sendable {}
  var name: FlowName { "welcome" }
  var version: Int { 1 }
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("welcome"), then: State())
  }
  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> { .finish }
  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("welcome"), then: State())
  }
}

/// Something with an open question.
struct Quiz: Flow {
  struct State: Codable, Equatable, Sendable {}
  var name: FlowName { "quiz" }
  var version: Int { 1 }
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("two and two?"), then: State())
  }
  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("quiz got \(input)"), then: State())
  }
  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try turn.ask(Reply("two and two?"), then: State())
  }
}
