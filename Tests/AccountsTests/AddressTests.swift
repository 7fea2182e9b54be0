import Conversation
import Rehearsal
import Storage
import Testing

/// Several ids of one person with one provider.
struct AddressTests {
  private func receive(
    _ stage: AccountsStage, _ id: String, others: [String] = [], key: String
  ) throws -> ID<ConversationRecord>? {
    let inbound = Inbound(
      channel: .telegram, key: key,
      sender: .init(externalID: id, languageHint: "en", otherIDs: others), content: .text("hi"))
    return try stage.database.writeBlocking {
      try stage.telegram.engine.receive(inbound, at: stage.now, in: $0).conversation
    }
  }

  private func externalID(
    _ stage: AccountsStage, _ conversation: ID<ConversationRecord>?
  ) throws -> String? {
    try stage.database.readBlocking { transaction in
      try conversation.flatMap { try ConversationRecord.load($0, in: transaction)?.externalID }
    }
  }

  @Test func `any known id leads to the conversation`() throws {
    let stage = try AccountsStage()
    let first = try receive(stage, "98912", others: ["BSU.1"], key: "1")
    #expect(try receive(stage, "BSU.1", key: "2") == first)
    #expect(try receive(stage, "98912", key: "3") == first)
    #expect(try externalID(stage, first) == "98912")
  }

  @Test func `a new number of a known person is answered from then on`() throws {
    let stage = try AccountsStage()
    let first = try receive(stage, "98912", others: ["BSU.1"], key: "1")
    #expect(try receive(stage, "98935", others: ["BSU.1"], key: "2") == first)
    #expect(try externalID(stage, first) == "98935")
    #expect(try receive(stage, "98912", key: "3") == first)
    #expect(try stage.number("SELECT count(*) AS n FROM addresses") == 3)
  }

  @Test func `ids of two conversations stay apart, and the conflict is kept once`() throws {
    let stage = try AccountsStage()
    let first = try receive(stage, "98912", key: "1")
    let second = try receive(stage, "BSU.1", key: "2")
    #expect(first != second)
    #expect(try receive(stage, "98912", others: ["BSU.1"], key: "3") == first)
    #expect(try receive(stage, "98912", others: ["BSU.1"], key: "4") == first)
    #expect(try stage.number("SELECT count(*) AS n FROM address_conflicts") == 1)
  }

  @Test func `a repeat under another id changes nothing`() throws {
    let stage = try AccountsStage()
    let first = try receive(stage, "98912", others: ["BSU.1"], key: "1")
    #expect(try receive(stage, "BSU.1", others: ["98912"], key: "1") == nil)
    #expect(try receive(stage, "BSU.9", key: "1") == nil)
    #expect(try stage.number("SELECT count(*) AS n FROM conversations") == 1)
    #expect(first != nil)
  }
}
