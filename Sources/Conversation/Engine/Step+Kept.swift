import Foundation
import Storage

/// What a person wrote while a flow on top was busy with something else: it is meant for what that
/// flow has interrupted, and is routed once that is open again, one message a turn, in its order.
enum KeptMessages {
  static let timer = "kept-messages"

  static func keep(
    _ texts: [String], of conversation: ID<ConversationRecord>, at now: Timestamp,
    in database: Transaction
  ) throws {
    guard !texts.isEmpty else { return }
    let row = try database.first(
      "SELECT payload FROM timers WHERE conversation_id = \(conversation) AND name = \(timer)")
    let before = try row.map { try read($0.value("payload")) } ?? []
    let payload = String(decoding: try JSONEncoder().encode(before + texts), as: UTF8.self)
    try TimerStore.set(
      TimerRequest(timer, dueAt: now, payload: payload, waitsForMorning: false),
      conversation: conversation, in: database)
  }

  /// Leaves out the first, whose turn has failed.
  static func skipFirst(
    of payload: String, in conversation: ID<ConversationRecord>, at now: Timestamp,
    _ database: Transaction
  ) throws {
    try keep(Array(read(payload).dropFirst()), of: conversation, at: now, in: database)
  }

  static func read(_ payload: String) throws -> [String] {
    try JSONDecoder().decode([String].self, from: Data(payload.utf8))
  }
}

extension Step {
  /// Takes up the first of them; the others come in turns of their own.
  mutating func takeUpKept(_ payload: String) throws {
    let texts = try KeptMessages.read(payload)
    guard record.isServed, let text = texts.first else { return }
    try KeptMessages.keep(Array(texts.dropFirst()), of: record.id, at: now, in: database)
    typed = text.utf8.count <= Engine.wordsBytesMax ? TypedAnswer.normalise(text) : nil
    try route(.text(text))
  }
}
