import Conversation
import Foundation
import Language
import Learning
import Rehearsal
import Storage
import Synchronization

/// Lessons on a real engine, over a plain home flow.
struct LearningStage {
  let rehearsal: Rehearsal
  let shelf: LessonShelf
  let level = Level()

  /// - Parameters:
  ///   - sound: whether what is spoken can be sent.
  ///   - hears: whether voice messages are listened to.
  ///   - writesDown: whether free speech is, too.
  init(
    _ curriculum: Curriculum? = nil, channel: Channel = .webchat, numbered: Bool = false,
    buttonsMax: Int = 16, listRowsMax: Int = 0, sound: Bool = false, hears: Bool = false,
    writesDown: Bool = true,
    content: LearningContent = .empty, ports: LearnerPorts = LearnerPorts()
  ) throws {
    let level = level
    let shelf = LessonShelf(try curriculum ?? SampleLesson.curriculum())
    self.shelf = shelf
    let voice = OutgoingMedia(
      kind: .voice, mediaType: "audio/ogg", fileName: "voice.ogg", bytes: [1, 2, 3])
    let learning = Learning(
      lessons: shelf,
      content: content, levelOf: { _, _ in level.value }, ports: ports,
      speech: { _, _ in sound ? voice : nil },
      hears: { _, words in hears && (writesDown || words == .given) })
    let book = Phrasebook(try Project.catalogues.get())
    let engine = Engine(
      phrasebook: book, flows: learning.flows + [AnyFlow(PlainHome()), AnyFlow(PlainWelcome())],
      home: "home", welcome: "welcome", commands: learning.commands + [Command("menu", .goHome)],
      timers: learning.timers + [Self.hour(learning)],
      capabilities: [
        channel: Capabilities(
          textLengthMax: 4_000, buttonsMax: numbered ? 0 : buttonsMax, buttonTitleLengthMax: 60,
          settlesButtons: false, isPushed: false, listRowsMax: listRowsMax,
          listTitleLengthMax: 24, captionLengthMax: sound ? 1_000 : nil)
      ],
      ids: IDSource(seed: 1))
    rehearsal = try Rehearsal(
      engine: engine, migrations: ConversationSchema.migrations + Learning.migrations,
      channel: channel)
  }

  /// Rings as a reminder does, for what is told at its hour.
  static let hourTimer = "hour"

  private static func hour(_ learning: Learning) -> TimerHandler {
    TimerHandler(hourTimer) { _, turn in
      if let request = try learning.weekSummaryTimer(turn) { try turn.setTimer(request) }
    }
  }

  /// Begins the sample lesson and skips to one of its activities, counted from 0.
  @discardableResult
  func open(_ activity: Int, language: String = "en") throws -> Rehearsal.Said {
    try rehearsal.say("/start", languageHint: language)
    try rehearsal.say("/learn")
    try rehearsal.say(language == "fa" ? "شروع" : "Start")
    for _ in 0..<activity { try rehearsal.say("skip") }
    return try last()
  }

  /// The same first activity once more, as if nothing had been answered.
  func reopen(language: String = "en") throws {
    try rehearsal.database.writeBlocking { database in
      _ = try database.execute("DELETE FROM activity_answers")
      _ = try database.execute("DELETE FROM lesson_runs")
      _ = try database.execute("DELETE FROM daily_xp")
      _ = try database.execute("DELETE FROM progress")
      _ = try database.execute("UPDATE conversations SET stack = 'home 1 {}', prompt = NULL")
    }
    try open(0, language: language)
  }

  /// Answers the whole sample lesson, without a mistake or with one.
  func finishSample(_ lesson: String = "a1-sample", first: String = "In Shiraz") throws {
    if try rehearsal.openFlows().isEmpty { try rehearsal.say("/start") }
    try rehearsal.say("/learn \(lesson)")
    try rehearsal.say("Start")
    for word in [first, "False", "beautiful", "I cannot drive to Rasht"] {
      rehearsal.advance(milliseconds: 30_000)
      try rehearsal.say(word)
    }
    for meaning in ["says miaow", "barks", "gives milk"] { try rehearsal.press(meaning) }
    for word in ["True", "goes", "It barks"] { try rehearsal.say(word) }
    if first != "In Shiraz" { try rehearsal.say("In Shiraz") }
  }

  func last() throws -> Rehearsal.Said {
    try rehearsal.messages().last ?? Rehearsal.Said(text: "", buttons: [], tokens: [])
  }

  func number(_ sql: SQL) throws -> Int {
    try rehearsal.database.readBlocking { try $0.first(sql)?.value("n") ?? -1 }
  }

  func xp() throws -> Int {
    try number("SELECT coalesce(sum(xp), 0) AS n FROM daily_xp")
  }

  func answers() throws -> Int { try number("SELECT count(*) AS n FROM activity_answers") }

  func setZone(_ zone: String) throws {
    try rehearsal.database.writeBlocking {
      _ = try $0.execute("UPDATE people SET time_zone = \(zone)")
    }
  }
}

final class Level: Sendable {
  private let state = Mutex<String?>(nil)
  var value: String? { state.withLock { $0 } }
  func set(_ value: String?) { state.withLock { $0 = value } }
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
    try turn.say(Reply("welcome"))
    return .leave
  }
  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> { .leave }
  func resume(in state: State, _ turn: Turn) throws -> Next<State> { .leave }
}

/// A lesson with every type of activity in a known order.
enum SampleLesson {
  static let multipleChoice = 0
  static let trueFalse = 1
  static let fillBlank = 2
  static let reordering = 3
  static let matching = 4

  static let file = "lessons/a1-sample.yaml"

  static func curriculum(_ ids: [String] = ["a1-sample"]) throws -> Curriculum {
    try Curriculum(
      ids.enumerated().map { index, id in
        ContentFolder.File(
          name: "lessons/\(id).yaml", text: text(id: id, order: (index + 1) * 10))
      })
  }

  static func text(id: String = "a1-sample", order: Int = 10) -> String {
    let level = id.prefix(2).uppercased()
    let translation = level == "B1" ? "" : "\n  fa: \"سارا در شیراز زندگی می‌کند.\""
    let word = """
        - { word: "live", meaning: { fa: "زندگی کردن" }, example: "They live here." }

      """
    return """
      id: \(id)
      level: \(level)
      category: daily-life
      order: \(order)
      title: { en: "Sample \(id)", fa: "نمونهٔ \(id)" }
      aims:
        - { en: "Try", fa: "امتحان کنید" }
        - { en: "Learn", fa: "یاد بگیرید" }
      minutes: 5
      words:
      \(String(repeating: word, count: 6))text:
        en: "Sara lives in Shiraz."\(translation)
      activities:
      \(activities)
      """
  }

  private static let explanation = "explanation: { en: \"Because.\", fa: \"چون.\" }"

  private static let activities = """
      - type: multiple_choice
        prompt: "Where does Sara live?"
        hint: { fa: "سارا کجا زندگی می‌کند؟" }
        options: ["In Shiraz", "She can't say", "In Rasht"]
        answer: "In Shiraz"
        \(explanation)
      - type: true_false
        prompt: "Sara is in Rasht."
        hint: { fa: "سارا در رشت است." }
        answer: false
        \(explanation)
      - type: fill_blank
        prompt: "Yesterday it was ___ in Tehran."
        hint: { fa: "دیروز در تهران هوا زیبا بود." }
        options: ["beautiful", "beautifully", "beauty"]
        answers: ["beautiful", "lovely"]
        \(explanation)
      - type: sentence_reordering
        prompt: { en: "Say no.", fa: "بگویید نه." }
        words: ["to", "cannot", "Rasht", "I", "drive"]
        answers: ["I cannot drive to Rasht"]
        \(explanation)
      - type: vocabulary_matching
        pairs:
          - { word: "cat", meaning: { en: "says miaow", fa: "گربه" } }
          - { word: "dog", meaning: { en: "barks", fa: "سگ" } }
          - { word: "cow", meaning: { en: "gives milk", fa: "گاو" } }
          - { word: "bee", meaning: { en: "makes honey", fa: "زنبور" } }
        \(explanation)
      - type: true_false
        prompt: "A bee makes honey."
        hint: { fa: "زنبور عسل می‌سازد." }
        answer: true
        \(explanation)
      - type: fill_blank
        prompt: "He ___ to work by bus."
        hint: { fa: "با اتوبوس سر کار می‌رود." }
        options: ["go", "goes", "going"]
        answers: ["goes"]
        \(explanation)
      - type: multiple_choice
        prompt: "What does a dog do?"
        hint: { fa: "سگ چه می‌کند؟" }
        options: ["7", "It barks", "8"]
        answer: "It barks"
        \(explanation)
    """
}
