import Conversation
import Foundation
import Storage

/// Goes through every flow with the real engine, on a store in memory, and keeps what is said:
/// wherever buttons lead, the least used first, from the beginning and from each command, and
/// each lesson to its end.
struct StepWalk {
  private static let wanderingCount = 80
  private static let onboardingStepsMax = 40
  private static let lessonStepsMax = 160
  private static let start = Timestamp(milliseconds: 1_760_000_000_000)
  /// Between two messages, so that limits per hour are met as they would be in life.
  private static let pauseMs: Int64 = 60_000
  private static let chat = "check"
  private static let onboardingFlow = "onboarding"
  private static let lessonFlow = "lesson"
  private static let commands = [
    "help", "profile", "language", "progress", "achievements", "plan", "practice", "read", "talk",
    "check", "persona", "corrections", "model", "link", "unlink", "mistakes", "privacy", "setup",
    "nothing",
  ]
  /// What no question understands.
  private static let riddle = "?!"
  /// What is a wrong answer to anything that is to be written.
  private static let attempt = "something else"
  /// Room for every text and button, so that a reply is seen as the flow meant it.
  private static let roomMax = 1_000_000

  /// What was said, and where.
  struct Step {
    let flow: String
    let reply: Reply
  }

  private(set) var steps: [Step] = []

  private let engine: Engine
  private let database: Database
  private let channel: Channel
  private let language: LanguageCode
  /// Buttons that would lead to another language.
  private let languageNames: Set<String>
  private var now = start
  private var messageCount = 0
  private var open: [Delivery.Button] = []
  private var uses: [String: Int] = [:]
  private var known: Set<String> = []
  private var flow = ""

  /// Everything `product` says to somebody on `channel` who speaks `language`.
  static func run(
    _ product: Product, lessons: [String], on channel: Channel, in language: LanguageCode
  ) throws -> [Step] {
    var walk = try StepWalk(product, on: channel, in: language)
    try walk.send(.text("hello"))
    try walk.wander(wanderingCount)
    try walk.finishOnboarding()
    for command in commands {
      try walk.send(.command(name: command, argument: ""))
      try walk.wander(wanderingCount)
    }
    for lesson in lessons { try walk.take(lesson) }
    try walk.send(.unsupported(kind: "check"))
    return walk.steps
  }

  private init(_ product: Product, on channel: Channel, in language: LanguageCode) throws {
    let own = Product.capabilities[channel]
    let roomy = Capabilities(
      textLengthMax: Self.roomMax, buttonsMax: Self.roomMax, buttonTitleLengthMax: Self.roomMax,
      settlesButtons: false, isPushed: false, windowMs: own?.windowMs)
    engine = product.engine(ids: IDSource(seed: 1), capabilities: [channel: roomy])
    database = try Database(.memory)
    try database.migrate(Product.migrations)
    self.channel = channel
    self.language = language
    languageNames = Set(
      product.phrasebook.languages.filter { $0.language != language }.map(\.name))
  }

  private mutating func wander(_ count: Int) throws {
    for _ in 0..<count {
      // Lessons are taken one by one.
      guard flow != Self.lessonFlow, let token = leastUsed(open) else {
        try send(.command(name: "menu", argument: ""))
        continue
      }
      // A riddle shows what is said to an answer that is none, once for each question.
      if known.insert(question).inserted {
        try send(.text(Self.riddle))
      } else {
        try press(token)
      }
    }
  }

  /// The short way, as much lies behind it.
  private mutating func finishOnboarding() throws {
    try send(.command(name: "setup", argument: ""))
    for _ in 0..<Self.onboardingStepsMax where flow == Self.onboardingFlow {
      let skip = open.first { $0.token.hasSuffix(":skip") }?.token
      guard let token = skip ?? leastUsed(open.filter(Self.leadsOn)) else {
        return
      }
      try press(token)
    }
  }

  private static func leadsOn(_ button: Delivery.Button) -> Bool {
    !button.token.hasPrefix("/") && !button.token.hasSuffix(":back")
  }

  private mutating func take(_ lesson: String) throws {
    try send(.command(name: "lessons", argument: ""))
    try send(.text(lesson))
    var tried = ""
    for _ in 0..<Self.lessonStepsMax {
      let answers = open.filter { !$0.token.hasPrefix("/") && !Self.isAid($0) }
      if let token = leastUsed(answers) {
        try press(token)
        continue
      }
      // What is to be written has no answer to press: a hint, something wrong, then on.
      let aids = open.filter(Self.isAid)
      guard let skip = aids.first(where: { $0.token.hasSuffix(":skip") })?.token else { return }
      if let hint = aids.first(where: { $0.token.hasSuffix(":hint") })?.token {
        try press(hint)
      } else if tried != skip {
        try send(.text(Self.attempt))
        tried = open.first { $0.token.hasSuffix(":skip") }?.token ?? skip
      } else {
        try press(skip)
      }
    }
  }

  private static func isAid(_ button: Delivery.Button) -> Bool {
    button.token.hasSuffix(":skip") || button.token.hasSuffix(":hint")
  }

  /// Which question is open, whatever its number.
  private var question: String { open.map(Self.meaning).joined(separator: " ") }

  private func leastUsed(_ buttons: [Delivery.Button]) -> String? {
    let useful = buttons.filter { !languageNames.contains($0.title) }
    return useful.min { use($0) < use($1) }?.token
  }

  private func use(_ button: Delivery.Button) -> Int {
    uses[question + " → " + Self.meaning(button), default: 0]
  }

  private static func meaning(_ button: Delivery.Button) -> String {
    let id = button.token.split(separator: ":").last.map(String.init) ?? ""
    return "\(id)=\(button.title)"
  }

  private mutating func press(_ token: String) throws {
    if let button = open.first(where: { $0.token == token }) {
      uses[question + " → " + Self.meaning(button), default: 0] += 1
    }
    try send(.choice(Content.Press(token: token)))
  }

  private mutating func send(_ content: Content) throws {
    messageCount += 1
    now = now.adding(milliseconds: Self.pauseMs)
    let inbound = Inbound(
      channel: channel, key: "\(Self.chat)/\(messageCount)",
      sender: .init(externalID: Self.chat, languageHint: language.text), content: content)
    let engine = engine
    let moment = now
    let heard = try database.writeBlocking { transaction in
      let before = try record(in: transaction)?.position ?? 0
      _ = try engine.receive(inbound, at: moment, in: transaction)
      return try messages(after: before, in: transaction)
    }
    flow = heard.flow
    for message in heard.messages { note(message) }
  }

  private mutating func note(_ message: Message) {
    if !message.buttons.isEmpty { open = message.buttons }
    let choices = message.buttons.map { button in
      let id = button.token.split(separator: ":", maxSplits: 1).last.map(String.init)
      return Choice(id ?? button.token, button.title)
    }
    let reply = Reply(message.text, choices: choices)
    let titles = choices.map(\.title).joined(separator: "\n")
    if known.insert(reply.text + "\n" + titles).inserted {
      steps.append(Step(flow: flow, reply: reply))
    }
  }

  private struct Message {
    let text: String
    let buttons: [Delivery.Button]
  }

  private func record(in database: Transaction) throws -> ConversationRecord? {
    try ConversationRecord.load(channel: channel, externalID: Self.chat, in: database)
  }

  private func messages(
    after position: Int, in database: Transaction
  ) throws -> (messages: [Message], flow: String) {
    guard let record = try record(in: database) else { return ([], "") }
    let rows = try database.all(
      """
      SELECT text, buttons FROM deliveries
      WHERE conversation_id = \(record.id) AND position > \(position) AND kind = 'message'
      ORDER BY position
      """)
    let messages = try rows.map { row in
      let stored: String? = try row.value("buttons")
      let buttons = try stored.map {
        try JSONDecoder().decode([Delivery.Button].self, from: Data($0.utf8))
      }
      return Message(text: try row.value("text"), buttons: buttons ?? [])
    }
    return (messages, record.stack.frames.last?.flow.text ?? "")
  }
}
