import Conversation
import Foundation
import Storage

/// One learner's side of the program: the real engine and timers on a store in memory, under a
/// clock that moves when the learner waits.
final class Classroom {
  private static let timersMax = 64
  private static let start = Timestamp(milliseconds: 1_760_000_000_000)

  struct Chat {
    let channel: Channel
    let id: String
  }

  let database: Database
  private let engine: Engine
  private let queue: WorkQueue
  private let capabilities: [Channel: Capabilities]
  private let listLabels: [LanguageCode: String]
  private let language: LanguageCode
  private let places: [String]
  private(set) var now = start
  private var messagesCount = 0

  init(_ school: School, language: LanguageCode, seed: UInt64) throws {
    database = try Database(.memory)
    try database.migrate(school.migrations)
    engine = school.engine(seed)
    queue = WorkQueue(engine: engine, handlers: [])
    capabilities = school.capabilities
    listLabels = school.listLabels
    self.language = language
    places = school.names(in: language)?.places ?? []
  }

  /// - Returns: what is on the screen afterwards.
  /// - Throws: `Violation` when the turn fails or nothing is said.
  func send(_ content: Content, from chat: Chat) throws -> Screen {
    messagesCount += 1
    let inbound = Inbound(
      channel: chat.channel, key: "\(chat.id)/\(messagesCount)",
      sender: .init(externalID: chat.id, languageHint: language.text), content: content)
    let messages = try database.writeBlocking { transaction in
      let before = try Self.record(chat, transaction)?.position ?? 0
      let receipt: Receipt
      do {
        receipt = try engine.receive(inbound, at: now, in: transaction)
      } catch {
        throw Violation("a turn failed on \(chat.channel.rawValue): \(error), after \(content)")
      }
      guard receipt.outcome == .handled else {
        throw Violation("a message was not handled: \(receipt.outcome)")
      }
      return try Self.messages(after: before, in: chat, transaction)
    }
    guard !messages.isEmpty else {
      throw Violation("\(content) was not answered on \(chat.channel.rawValue)")
    }
    return try Screen(
      messages, on: chat.channel, capabilities[chat.channel] ?? School.noCapabilities,
      in: language, listLabels: listLabels, places: places)
  }

  /// Time goes by; timers ring when they are due.
  func wait(milliseconds: Int64) throws {
    now = now.adding(milliseconds: milliseconds)
    for _ in 0..<Self.timersMax {
      let step = try database.writeBlocking { try queue.fireTimer(at: now, in: $0) }
      switch step {
      case .noneDue: return
      case .postponed, .fired: continue
      case .dropped(let fault): throw Violation("a timer failed: \(fault)")
      }
    }
  }

  /// Makes the two chats one person's, as a link code does.
  func link(_ chats: [Chat], by link: SimulatedSystem.Link) throws {
    try database.writeBlocking { transaction in
      let ids = try chats.compactMap { try Self.record($0, transaction)?.id }
      guard ids.count == 2 else { throw Violation("a conversation is lost") }
      try link(ids[0], ids[1], now, transaction)
    }
  }

  func number(_ sql: SQL) throws -> Int {
    try database.writeBlocking { try $0.first(sql)?.value("n") ?? 0 }
  }

  func finishedLessons() throws -> Set<String> {
    try database.writeBlocking { transaction in
      Set(
        try transaction.all(
          "SELECT DISTINCT lesson_id FROM lesson_runs WHERE finished_at IS NOT NULL"
        ).map { try $0.value("lesson_id", as: String.self) })
    }
  }

  private static func record(
    _ chat: Chat, _ transaction: Transaction
  ) throws -> ConversationRecord? {
    try ConversationRecord.load(channel: chat.channel, externalID: chat.id, in: transaction)
  }

  private static func messages(
    after position: Int, in chat: Chat, _ transaction: Transaction
  ) throws -> [Screen.Message] {
    guard let record = try record(chat, transaction) else { return [] }
    return try transaction.all(
      """
      SELECT text, buttons FROM deliveries
      WHERE conversation_id = \(record.id) AND position > \(position) AND kind = 'message'
      ORDER BY position
      """
    ).map { row in
      let stored: String? = try row.value("buttons")
      let buttons = try stored.map {
        try JSONDecoder().decode([Delivery.Button].self, from: Data($0.utf8))
      }
      return Screen.Message(text: try row.value("text"), buttons: buttons ?? [])
    }
  }
}
