import Conversation
import Storage

extension Program {
  static let seedBatchCount = 2_000
  /// The chat of the first one; the others follow.
  package static let seedChatFirst = 700_000_000

  /// Fills the store up to a number of conversations, each with a finished first turn, as if that
  /// many people had written once.
  package func seed(conversations: Int) throws {
    let engine = service.engine
    let now = service.time.now()
    for first in stride(from: 0, to: conversations, by: Self.seedBatchCount) {
      try database.writeBlocking { transaction in
        for number in first..<min(first + Self.seedBatchCount, conversations) {
          let inbound = Inbound(
            channel: .telegram, key: "seed-\(number)",
            sender: .init(externalID: String(Self.seedChatFirst + number), name: "Seed"),
            content: .command(name: "start", argument: ""))
          _ = try engine.receive(inbound, at: now, in: transaction)
        }
      }
    }
    // What was said to them has no one to read it.
    try database.writeBlocking { transaction in
      try transaction.execute("UPDATE messages SET state = 'sent' WHERE state = 'pending'")
      try transaction.execute("UPDATE conversations SET send_due_at = NULL, unsent_from = NULL")
    }
  }
}
