import Conversation
import Rehearsal
import Storage
import Testing

struct SchemaTests {
  @Test(arguments: 0...ConversationSchema.migrations.count)
  func `a database of any earlier version comes forward with its people`(version: Int) throws {
    let database = try Database(.memory)
    try database.migrate(Array(ConversationSchema.migrations.prefix(version)))
    if version > 0 {
      try database.writeBlocking { transaction in
        try transaction.execute(
          "INSERT INTO people (id, language, created_at) VALUES ('old', 'fa', 1)")
        try transaction.execute(
          """
          INSERT INTO conversations (id, person_id, channel, external_id, stack, owner, epoch,
            position, started_at, seen_at)
          VALUES ('c', 'old', 'webchat', 'chat-1', '', 'bot', 0, 0, 1, 1)
          """)
        try transaction.execute(
          """
          INSERT INTO addresses (channel, external_id, conversation_id)
          VALUES ('webchat', 'chat-1', 'c')
          """)
      }
    }
    try database.migrate(ConversationSchema.migrations)
    let engine = try Small.engine()
    let inbound = Inbound(
      channel: .webchat, key: "k", sender: .init(externalID: "chat-1"), content: .text("hello"))
    let receipt = try database.writeBlocking {
      try engine.receive(inbound, at: Rehearsal.start, in: $0)
    }
    #expect(receipt.outcome == .handled)
    if version > 0 { #expect(receipt.conversation == ID("c")) }
  }
}
