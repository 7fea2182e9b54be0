package import Conversation
import Foundation
package import Storage

/// A conversation with the real engine on a real database in memory, under a clock that stands
/// still until it is moved: what flow tests talk through.
package final class Rehearsal {
  package static let start = Timestamp(milliseconds: 1_760_000_000_000)

  package let database: Database
  package let engine: Engine
  package let channel: Channel
  package let chat: String
  package private(set) var now = start
  private var sequence = 0

  /// One message of the bot as the person sees it.
  package struct Said: Equatable, CustomStringConvertible {
    package let text: String
    package let buttons: [String]
    package let tokens: [String]

    package init(text: String, buttons: [String], tokens: [String]) {
      self.text = text
      self.buttons = buttons
      self.tokens = tokens
    }

    package var description: String {
      buttons.isEmpty ? text : text + "\n" + buttons.map { "[\($0)]" }.joined(separator: " ")
    }
  }

  package init(
    engine: Engine, migrations: [Migration], channel: Channel = .webchat, chat: String = "chat-1",
    location: Location = .memory
  ) throws {
    database = try Database(location)
    try database.migrate(migrations)
    self.engine = engine
    self.channel = channel
    self.chat = chat
  }

  private init(beside other: Rehearsal, channel: Channel, chat: String) {
    database = other.database
    engine = other.engine
    self.channel = channel
    self.chat = chat
    now = other.now
  }

  /// Another conversation with the same engine on the same database, with a clock of its own.
  package func beside(channel: Channel, chat: String) -> Rehearsal {
    Rehearsal(beside: self, channel: channel, chat: chat)
  }

  /// Sends text, or a command when it begins with a slash, and returns the bot's answers.
  @discardableResult
  package func say(_ text: String, languageHint: String? = nil) throws -> [Said] {
    guard text.hasPrefix("/") else { return try send(.text(text), languageHint: languageHint) }
    let parts = text.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
    let command = Content.command(
      name: parts.first ?? "", argument: parts.count > 1 ? parts[1] : "")
    return try send(command, languageHint: languageHint)
  }

  /// Uses the newest button of that title.
  @discardableResult
  package func press(_ title: String) throws -> [Said] {
    guard let token = try token(of: title) else { throw NoSuchButton(title: title) }
    return try send(.choice(.init(token: token)))
  }

  @discardableResult
  package func send(_ content: Content, languageHint: String? = nil) throws -> [Said] {
    sequence += 1
    let inbound = Inbound(
      channel: channel, key: "\(chat)/\(sequence)",
      sender: .init(externalID: chat, languageHint: languageHint), content: content)
    let before = try position()
    _ = try database.writeBlocking { try engine.receive(inbound, at: now, in: $0) }
    return try messages(after: before)
  }

  /// Brings a timer, a finished job.
  @discardableResult
  package func deliver(_ input: Input) throws -> [Said] {
    let before = try position()
    _ = try database.writeBlocking { transaction in
      guard let record = try record(transaction) else { return }
      _ = try engine.deliver(input, to: record.id, at: now, in: transaction)
    }
    return try messages(after: before)
  }

  package func advance(milliseconds: Int64) { now = now.adding(milliseconds: milliseconds) }

  package func move(to moment: Timestamp) { now = moment }

  /// The names of what has come due.
  package func dueTimers() throws -> [String] {
    try database.readBlocking { transaction in
      try transaction.all("SELECT name FROM timers WHERE due_at <= \(now) ORDER BY due_at")
        .map { try $0.value("name") }
    }
  }

  /// Takes the timers that are due, the earliest first, and lets them fire.
  @discardableResult
  package func fireDueTimers() throws -> [Said] {
    try dueTimers().flatMap { name in
      try database.writeBlocking { transaction in
        _ = try transaction.execute("DELETE FROM timers WHERE name = \(name) AND due_at <= \(now)")
      }
      return try deliver(.timer(name: name, payload: ""))
    }
  }

  /// The names of the open flows, the running one last.
  package func openFlows() throws -> [String] {
    try database.readBlocking { transaction in
      try record(transaction)?.stack.frames.map(\.flow.text) ?? []
    }
  }

  package func messages(after position: Int = 0) throws -> [Said] {
    try database.readBlocking { transaction in
      guard let record = try record(transaction) else { return [] }
      let rows = try transaction.all(
        """
        SELECT text, buttons FROM deliveries
        WHERE conversation_id = \(record.id) AND position > \(position) AND kind = 'message'
        ORDER BY position
        """)
      return try rows.map(Said.init)
    }
  }

  package func record(_ transaction: Transaction) throws -> ConversationRecord? {
    try ConversationRecord.load(channel: channel, externalID: chat, in: transaction)
  }

  private func position() throws -> Int {
    try database.readBlocking { try record($0)?.position ?? 0 }
  }

  private func token(of title: String) throws -> String? {
    for said in try messages().reversed() {
      if let index = said.buttons.firstIndex(of: title) { return said.tokens[index] }
    }
    return nil
  }
}

/// A test asked for a button that nobody offered.
package struct NoSuchButton: Error, CustomStringConvertible {
  package let title: String
  package var description: String { "no button is called “\(title)”" }
}

extension Rehearsal.Said {
  fileprivate init(_ row: Row) throws {
    text = Markup.plain(try row.value("text"))
    let stored: String? = try row.value("buttons")
    let decoded = try stored.map {
      try JSONDecoder().decode([Delivery.Button].self, from: Data($0.utf8))
    }
    buttons = decoded?.map(\.title) ?? []
    tokens = decoded?.map(\.token) ?? []
  }
}
