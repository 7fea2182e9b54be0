import Conversation
import Logging
import Rehearsal
import Storage
import Testing

/// Files that come with messages and are kept by us.
struct ReceivedFileTests {
  private let rehearsal: Rehearsal
  private let service: ConversationService

  init() throws {
    let rehearsal = try Small.atHome()
    self.rehearsal = rehearsal
    service = ConversationService(
      database: rehearsal.database, engine: rehearsal.engine,
      time: TimeSource { Rehearsal.start }, logger: Logger(label: "test"), onCommit: { _ in })
  }

  private func send(_ key: String, _ bytes: [UInt8]) async throws -> Receipt {
    try await service.accept(
      Inbound(
        channel: .webchat, key: key, sender: .init(externalID: "somebody"),
        content: .attachment(.init(kind: .voice, fileID: key))),
      file: ReceivedFile(mediaType: "audio/ogg", bytes: bytes))
  }

  private func load(_ key: String, at now: Timestamp = Rehearsal.start) throws -> [UInt8]? {
    try rehearsal.database.readBlocking { try ReceivedFiles.load(key, at: now, in: $0)?.bytes }
  }

  @Test func `a file is kept with its message, once`() async throws {
    #expect(try await send("a/1", [1, 2]).outcome == .handled)
    #expect(try await send("a/1", [3]).outcome == .duplicate)
    #expect(try load("a/1") == [1, 2])
    #expect(try load("a/2") == nil)
  }

  @Test func `a file ends after its time and is then forgotten`() async throws {
    _ = try await send("a/1", [1])
    let end = Rehearsal.start.adding(milliseconds: ReceivedFiles.lifeMs)
    #expect(try load("a/1", at: end.adding(milliseconds: -1)) != nil)
    #expect(try load("a/1", at: end) == nil)
    let database = rehearsal.database
    let early = try database.writeBlocking {
      try ReceivedFiles.prune(at: end.adding(milliseconds: -1), limit: 10, in: $0)
    }
    let late = try database.writeBlocking { try ReceivedFiles.prune(at: end, limit: 10, in: $0) }
    #expect(early == 0)
    #expect(late == 1)
  }

  @Test func `what a conversation keeps is bounded and the oldest makes room`() async throws {
    let large = [UInt8](repeating: 7, count: ReceivedFiles.bytesPerConversationMax / 4)
    for number in 1...5 { _ = try await send("a/\(number)", large) }
    #expect(try load("a/1") == nil)
    for number in 2...5 { #expect(try load("a/\(number)") != nil) }
  }
}
