import Storage
import Testing

@testable import Conversation

struct MessageMigrationTests {
  /// A store as the version before wrote it: one message, an answer sent and one that waits.
  private func oldStore() throws -> Database {
    let database = try Database(.memory)
    try database.migrate(Array(ConversationSchema.migrations.prefix(2)))
    let statements: [SQL] = [
      "INSERT INTO people (id, language, created_at) VALUES ('p', 'en', 1)",
      """
      INSERT INTO conversations (id, person_id, channel, external_id, stack, owner, epoch,
        position, send_due_at, started_at, seen_at)
      VALUES ('c', 'p', 'telegram', '7', '', 'bot', 0, 3, 5, 1, 1)
      """,
      "INSERT INTO addresses VALUES ('telegram', '7', 'c')",
      "INSERT INTO inbounds VALUES ('c', 1, 'telegram', 'k', 'text', 'hi', 'failed', 'F', 2)",
      """
      INSERT INTO deliveries VALUES ('c', 2, 'message', 'one', NULL, NULL, 'en', 'bot', 0,
        'atLeastOnce', 'sent', 1, 0, '90', NULL, NULL, NULL, 3, 4)
      """,
      """
      INSERT INTO deliveries VALUES ('c', 3, 'message', 'two', '[{"token":"3:a","title":"A"}]',
        NULL, 'en', 'bot', 0, 'atLeastOnce', 'pending', 0, 0, NULL, NULL, NULL, NULL, 3, 3)
      """,
    ]
    try database.writeBlocking { for statement in statements { try $0.execute(statement) } }
    return database
  }

  @Test func `an older store's messages are carried over, and what waits is sent next`() throws {
    let database = try oldStore()
    try database.migrate(ConversationSchema.migrations)
    let call = try database.writeBlocking {
      try Outbox(channel: .telegram).claim(at: Timestamp(milliseconds: 9), limit: 5, in: $0).first
    }
    #expect(call?.delivery.position == 3)
    #expect(call?.delivery.text == "two")
    #expect(call?.delivery.buttons == [.init(token: "3:a", title: "A")])
    let failed = try database.readBlocking {
      try InboundStore.newestFailed(ID("c"), in: $0)
    }
    #expect(failed == 1)
  }

  @Test func `an address from before still leads to its conversation`() throws {
    let database = try oldStore()
    try database.migrate(ConversationSchema.migrations)
    let record = try database.readBlocking {
      try ConversationRecord.load(channel: .telegram, externalID: "7", in: $0)
    }
    #expect(record?.id == ID("c"))
  }

  @Test func `a repeat of a message from before is still known`() throws {
    let database = try oldStore()
    try database.migrate(ConversationSchema.migrations)
    let inbound = Inbound(
      channel: .telegram, key: "k", sender: .init(externalID: "7"), content: .text("hi"))
    #expect(try database.readBlocking { try InboundStore.isKnown(inbound, in: $0) })
  }
}
