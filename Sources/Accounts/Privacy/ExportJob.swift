import Conversation
import Storage

/// Writes all that is known of a person into a file and hands it to the conversation that asked:
/// outside of any turn, as it may be long.
struct ExportJob: Sendable {
  static let kind: JobKind = "export-person"
  /// It is sent at once; whoever wants it later asks again.
  static let fileLifeMs: Int64 = 86_400_000
  /// After this the person is told that it takes longer.
  static let lateAfterMs: Int64 = 20_000

  let keepers: [PersonDataKeeper]
  let database: Database
  let time: TimeSource

  var handler: JobHandler {
    JobHandler(Self.kind) { job in
      guard let conversation = job.conversation else { return .cancel(reason: "nobody asked") }
      do {
        try await hand(to: conversation)
        return .done(result: "{}")
      } catch {
        return .retry(reason: "\(type(of: error))")
      }
    }
  }

  private func hand(to conversation: ID<ConversationRecord>) async throws {
    let now = time.now()
    let file = try await database.read { transaction -> OutgoingMedia? in
      guard let record = try ConversationRecord.load(conversation, in: transaction) else {
        return nil
      }
      // With as much of the person's own files as fits, or else without them.
      for bytesMax in [PersonExport.sentBytesMax, 0] {
        let json = try PersonExport(keepers: keepers, filesBytesMax: bytesMax).json(
          of: record.person.id, at: now, in: transaction)
        if let file = Self.file(json, for: record.channel) { return file }
      }
      return nil
    }
    try await database.write { transaction in
      let id = try file.map {
        try MediaStore.keep($0, at: now, lifeMs: Self.fileLifeMs, in: transaction)
      }
      try ConversationTimers.set(
        TimerRequest(
          ExportNotice.name, dueAt: now, payload: id?.text ?? "", waitsForMorning: false),
        in: conversation, transaction)
    }
  }

  /// - Returns: nil when it is too long to be sent.
  private static func file(_ json: String, for channel: Channel) -> OutgoingMedia? {
    // WhatsApp knows no JSON; as text it can be opened by a phone, too.
    let isText = channel == .whatsapp
    let file = OutgoingMedia(
      kind: .document, mediaType: isText ? "text/plain" : "application/json",
      fileName: isText ? Accounts.exportTextFileName : Accounts.exportFileName,
      bytes: Array(json.utf8))
    return file.fits ? file : nil
  }
}

/// Hands the file over, beside whatever is talked about by then.
enum ExportNotice {
  static let name = "export-ready"

  /// - Parameter answer: what is said where there is no file to send.
  static func handler(
    _ answer: @escaping @Sendable (Turn) throws -> String
  ) -> TimerHandler {
    TimerHandler(name) { id, turn in
      guard turn.carriesFiles, let file = try MediaStore.load(ID(id), in: turn.database) else {
        return try turn.notify(Reply(answer(turn)))
      }
      var reply = Reply(turn.phrase(PrivacyPhrase.exportFile), media: file)
      reply.mediaLifeMs = ExportJob.fileLifeMs
      try turn.notify(reply)
    }
  }
}
