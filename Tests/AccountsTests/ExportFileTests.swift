import Accounts
import Conversation
import Foundation
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

  /// Files the person has sent by the web chat, the smaller one last.
  private func upload(_ sizes: [Int], _ stage: AccountsStage) throws {
    let conversation = try #require(try stage.conversation(stage.telegram))
    try stage.database.writeBlocking { transaction in
      for (number, size) in sizes.enumerated() {
        let bytes = [UInt8](repeating: UInt8(number + 65), count: size)
        try transaction.execute(
          """
          INSERT INTO received_files
            (key, conversation_id, media_type, byte_count, kept_at, expires_at, bytes)
          VALUES (\("file-\(number)"), \(conversation), 'image/png', \(size), \(number),
            \(stage.now.adding(milliseconds: 1_000)), \(bytes))
          """)
      }
    }
  }

  private func exported(_ file: OutgoingMedia) throws -> [[String: Any]] {
    let root = try JSONSerialization.jsonObject(with: Data(file.bytes)) as? [String: Any]
    return try #require(root?["files"] as? [[String: Any]])
  }

  @Test func `what the person has sent is in it, and what does not fit is named`() async throws {
    let stage = try AccountsStage(carriesFiles: true)
    try stage.introduce(stage.telegram, as: "Sara")
    try upload([5 << 20, 3], stage)
    _ = try ask(stage)
    try await stage.work()
    let written = try exported(try #require(try files(stage).first))
    #expect(written.map { $0["key"] as? String } == ["file-1", "file-0"])
    #expect(written[0]["base64"] as? String == "QkJC")
    #expect(written[1]["base64"] == nil)
    #expect(written[1]["byteCount"] as? Int == 5 << 20)
    #expect((written[1]["leftOut"] as? String)?.contains("no room") == true)
  }

  @Test func `where there is no room beside the rest it comes without them`() async throws {
    let stage = try AccountsStage(carriesFiles: true)
    try stage.introduce(stage.telegram, as: "Sara")
    try upload([4 << 20], stage)
    let long = String(repeating: "x", count: 4 << 20)
    try stage.database.writeBlocking {
      _ = try $0.execute("UPDATE messages SET text = \(long) WHERE position = 1")
    }
    _ = try ask(stage)
    try await stage.work()
    let written = try exported(try #require(try files(stage).first))
    #expect(written.count == 1)
    #expect(written[0]["base64"] == nil)
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
