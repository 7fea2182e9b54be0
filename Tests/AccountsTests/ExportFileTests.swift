import Accounts
import Conversation
import Rehearsal
import Storage
import Testing

/// A person's data as a file in the conversation.
struct ExportFileTests {
  private func files(_ stage: AccountsStage) throws -> [OutgoingMedia] {
    try stage.database.readBlocking { transaction in
      guard let record = try stage.telegram.record(transaction) else { return [] }
      let rows = try transaction.all(
        "SELECT position FROM messages WHERE media_id IS NOT NULL ORDER BY position")
      return try rows.compactMap {
        try MediaStore.load(of: record.id, position: $0.value("position"), in: transaction)
      }
    }
  }

  private func ask(_ stage: AccountsStage) throws -> String? {
    try stage.telegram.say("/privacy")
    return try stage.telegram.press("Download my data").last?.text
  }

  @Test func `it is written outside the turn and comes a moment later`() async throws {
    let stage = try AccountsStage(carriesFiles: true)
    try stage.introduce(stage.telegram, as: "Sara")
    #expect(try ask(stage)?.contains("in a moment") == true)
    #expect(try files(stage).isEmpty)
    try await stage.work()
    let file = try #require(try files(stage).first)
    #expect(file.fileName == Accounts.exportFileName)
    #expect(String(decoding: file.bytes, as: UTF8.self).contains("Sara"))
    #expect(try stage.telegram.messages().last?.text.contains("everything I know") == true)
  }

  @Test func `a file too large to send becomes a link`() async throws {
    let stage = try AccountsStage(carriesFiles: true)
    try stage.introduce(stage.telegram, as: "Sara")
    let long = String(repeating: "x", count: OutgoingMedia.bytesMax)
    try stage.database.writeBlocking {
      try $0.execute("UPDATE messages SET text = \(long) WHERE position = 1")
    }
    _ = try ask(stage)
    try await stage.work()
    #expect(try files(stage).isEmpty)
    let text = try stage.telegram.messages().last?.text
    #expect(text?.contains(AccountsStage.publicURL + "/privacy/export/") == true)
  }

  @Test func `it can be asked for a few times an hour`() throws {
    let stage = try AccountsStage(carriesFiles: true)
    try stage.introduce(stage.telegram, as: "Sara")
    var said: [String?] = []
    for _ in 0..<6 { said.append(try ask(stage)) }
    #expect(said.filter { $0?.contains("in a moment") == true }.count == 5)
    #expect(said.last??.contains("try again in an hour") == true)
  }

  @Test func `when it cannot be written, a link is given`() throws {
    let stage = try AccountsStage(carriesFiles: true)
    try stage.introduce(stage.telegram, as: "Sara")
    _ = try ask(stage)
    let said = try stage.telegram.deliver(.failed(job: "export-person"))
    #expect(said.last?.text.contains("/privacy/export/") == true)
  }
}
