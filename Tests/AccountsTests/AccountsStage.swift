import Accounts
import Conversation
import Foundation
import Language
import Learning
import Onboarding
import Rehearsal
import Storage
import Synchronization

/// The whole product on a real engine, with one person's three channels side by side.
final class AccountsStage {
  static let publicURL = "https://tutor.example"

  let telegram: Rehearsal
  let web: Rehearsal
  let sms: Rehearsal
  let accounts: Accounts
  let keys: AccountKeys
  private static let folder = Project.root.appendingPathComponent("Curriculum")
  // Read once: there are many stages.
  private static let questions = Result { try OnboardingContent.load(from: folder) }
  private static let curriculum = Result { try Curriculum.load(from: folder) }

  let clock: SharedClock
  let queue: WorkQueue
  private var random = RandomSource(seed: 7)

  var database: Database { telegram.database }
  var now: Timestamp { clock.now }

  init(
    publicURL: String? = publicURL, seed: UInt64 = 1, location: Location = .memory,
    carriesFiles: Bool = false
  ) throws {
    let onboarding = Onboarding(
      content: try Self.questions.get(),
      hasPractisedToday: Learning.hasPractisedToday)
    let learning = Learning(
      lessons: LessonShelf(try Self.curriculum.get()), levelOf: Onboarding.level)
    keys = Self.keys(seed: seed)
    accounts = Accounts(
      keepers: [ConversationData.keeper(stopList: keys.stopList), Onboarding.dataKeeper]
        + Learning.dataKeepers, keys: keys,
      reach: Accounts.Reach(
        publicURL: publicURL, localURL: "http://127.0.0.1:8080", telegramBot: "parlance_bot",
        whatsAppNumber: "15550001111"))
    let engine = Engine(
      phrasebook: Phrasebook(try Project.catalogues.get()),
      flows: onboarding.flows + learning.flows + accounts.flows, home: "home",
      welcome: "onboarding",
      commands: onboarding.commands + learning.commands + accounts.commands,
      timers: onboarding.timers + learning.timers + accounts.timers,
      capabilities: [
        .telegram: Self.pushed(carriesFiles: carriesFiles), .sms: Self.pushed(),
        .webchat: Self.fetched,
      ],
      ids: IDSource(seed: seed), stopList: keys.stopList)
    telegram = try Rehearsal(
      engine: engine,
      migrations: ConversationSchema.migrations + Onboarding.migrations + Learning.migrations
        + Accounts.migrations,
      channel: .telegram, chat: "7700112233", location: location)
    web = telegram.beside(channel: .webchat, chat: "web-chat-of-0123456789")
    sms = telegram.beside(channel: .sms, chat: "+989121234567")
    clock = SharedClock()
    let time = TimeSource { [clock] in clock.now }
    queue = WorkQueue(
      engine: engine, handlers: accounts.jobHandlers(telegram.database, time))
  }

  static func keys(seed: UInt64) -> AccountKeys {
    let random = Mutex(RandomSource(seed: seed))
    return AccountKeys(secret: Array("test key".utf8)) { count in
      random.withLock { source in
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
      }
    }
  }

  private static func pushed(carriesFiles: Bool = false) -> Capabilities {
    Capabilities(
      textLengthMax: 4_000, buttonsMax: 16, buttonTitleLengthMax: 40, settlesButtons: false,
      isPushed: true, captionLengthMax: carriesFiles ? 1_000 : nil)
  }
  private static let fetched = Capabilities(
    textLengthMax: 4_000, buttonsMax: 16, buttonTitleLengthMax: 40, settlesButtons: false,
    isPushed: false)

  // MARK: Time

  func advance(milliseconds: Int64) {
    clock.advance(milliseconds: milliseconds)
    for rehearsal in [telegram, web, sms] { rehearsal.move(to: clock.now) }
  }

  /// Fires timers and runs jobs, as workers do, until nothing is due.
  func work() async throws {
    for _ in 0..<200 {
      let now = now
      let step = try database.writeBlocking { try queue.fireTimer(at: now, in: $0) }
      let jobs = try database.writeBlocking { try queue.claim(at: now, limit: 8, in: $0).jobs }
      if step == .noneDue, jobs.isEmpty { return }
      for job in jobs { try await run(job) }
    }
  }

  func claim() throws -> [Job] {
    try database.writeBlocking { try queue.claim(at: now, limit: 8, in: $0).jobs }
  }

  func run(_ job: Job) async throws {
    guard let handler = queue.handlers[job.kind] else { return }
    let outcome = await handler.run(job)
    try database.writeBlocking {
      _ = try queue.settle(job, outcome, at: now, random: &random, in: $0)
    }
  }

  // MARK: Talks

  /// Goes through onboarding in English.
  func introduce(_ rehearsal: Rehearsal, as name: String, reminder: String = "No reminder") throws {
    try rehearsal.say("hi", languageHint: "en")
    for word in ["English", name, "Done", "Done", "10", reminder, "Tehran", "A1", "Skip"] {
      try rehearsal.say(word)
    }
  }

  /// Asks for a code.
  func code(_ rehearsal: Rehearsal) throws -> String {
    try rehearsal.say("/link")
    // An open question is shown again without a new code.
    if try shownCode(rehearsal).isEmpty { try rehearsal.press("New code") }
    return try shownCode(rehearsal)
  }

  func shownCode(_ rehearsal: Rehearsal) throws -> String {
    let text = try rehearsal.messages().last?.text ?? ""
    let match = text.firstMatch(of: #//link (?<code>[2-9A-Z]{8})\b/#)
    return match.map { String($0.output.code) } ?? ""
  }

  /// Links two channels, the code made on the first.
  @discardableResult
  func link(_ first: Rehearsal, _ second: Rehearsal) throws -> [Rehearsal.Said] {
    try second.say("/link " + code(first))
  }

  // MARK: Looking

  func person(_ rehearsal: Rehearsal) throws -> Person? {
    try database.readBlocking { try rehearsal.record($0)?.person }
  }

  func conversation(_ rehearsal: Rehearsal) throws -> ID<ConversationRecord>? {
    try database.readBlocking { try rehearsal.record($0)?.id }
  }

  func number(_ sql: SQL) throws -> Int {
    try database.readBlocking { try $0.first(sql)?.value("n") ?? -1 }
  }

  func text(_ sql: SQL) throws -> String? {
    try database.readBlocking { try $0.first(sql)?.value("t") }
  }

  /// Every row of every table as text, for comparing and searching.
  func dump(except ignored: Set<String> = []) throws -> [String: [String]] {
    try database.readBlocking { transaction in
      var tables: [String: [String]] = [:]
      for table in try Tables.names(transaction) where !ignored.contains(table) {
        tables[table] = try transaction.all(Tables.rows(of: table)).map { RowJSON.object($0) }
          .sorted()
      }
      return tables
    }
  }
}

final class SharedClock: Sendable {
  private let state = Mutex(Rehearsal.start)
  var now: Timestamp { state.withLock { $0 } }
  func advance(milliseconds: Int64) {
    state.withLock { $0 = $0.adding(milliseconds: milliseconds) }
  }
}

/// The tables of a migrated database, whatever they are.
enum Tables {
  static func names(_ transaction: Transaction) throws -> [String] {
    try transaction.all(
      """
      SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
      ORDER BY name
      """
    ).map { try $0.value("name") }
  }

  static func columns(of table: String, _ transaction: Transaction) throws -> [String] {
    try transaction.all("SELECT name FROM pragma_table_info(\(table))").map {
      try $0.value("name")
    }
  }

  /// A table's name cannot be bound; these are the ones there are.
  static func rows(of table: String) -> SQL { known[table] ?? "SELECT 'unknown table' AS fault" }

  private static let known: [String: SQL] = [
    "activity_answers": "SELECT * FROM activity_answers",
    "address_conflicts": "SELECT * FROM address_conflicts",
    "addresses": "SELECT * FROM addresses", "conversations": "SELECT * FROM conversations",
    "achievements": "SELECT * FROM achievements",
    "level_tests": "SELECT * FROM level_tests", "practice_days": "SELECT * FROM practice_days",
    "practice_kinds": "SELECT * FROM practice_kinds", "review_cards": "SELECT * FROM review_cards",
    "review_log": "SELECT * FROM review_log", "review_marks": "SELECT * FROM review_marks",
    "content_drafts": "SELECT * FROM content_drafts",
    "content_events": "SELECT * FROM content_events",
    "content_lessons": "SELECT * FROM content_lessons",
    "content_state": "SELECT * FROM content_state",
    "content_versions": "SELECT * FROM content_versions",
    "lesson_feedback": "SELECT * FROM lesson_feedback",
    "wrong_answers": "SELECT * FROM wrong_answers",
    "consents": "SELECT * FROM consents", "daily_xp": "SELECT * FROM daily_xp",
    "delivery_purposes": "SELECT * FROM delivery_purposes",
    "early_reports": "SELECT * FROM early_reports",
    "erasures": "SELECT * FROM erasures", "export_tickets": "SELECT * FROM export_tickets",
    "jobs": "SELECT * FROM jobs",
    "lesson_runs": "SELECT * FROM lesson_runs", "link_codes": "SELECT * FROM link_codes",
    "link_tries": "SELECT * FROM link_tries", "merges": "SELECT * FROM merges",
    "media": "SELECT * FROM media", "media_links": "SELECT * FROM media_links",
    "messages": "SELECT * FROM messages",
    "migrations": "SELECT * FROM migrations", "people": "SELECT * FROM people",
    "placement_answers": "SELECT * FROM placement_answers",
    "profiles": "SELECT * FROM profiles", "progress": "SELECT * FROM progress",
    "provider_messages": "SELECT * FROM provider_messages",
    "received_files": "SELECT * FROM received_files",
    "send_holds": "SELECT * FROM send_holds", "stop_list": "SELECT * FROM stop_list",
    "timers": "SELECT * FROM timers", "webhook_log": "SELECT * FROM webhook_log",
  ]
}
