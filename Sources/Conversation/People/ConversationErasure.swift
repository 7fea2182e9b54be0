import Storage

/// Deletes a person's messages, then what providers posted of them, then the person: bite by bite,
/// each of which may be repeated.
struct ConversationErasure {
  /// Log entries looked through in one bite.
  static let logWindow = 2_000
  /// Shorter addresses would be found in everybody's payloads.
  static let needleLengthMin = 6
  /// Providers write one phone number in several forms; they agree on its end.
  static let phoneDigitsCount = 10

  let stopList: StopList?

  func step(_ erasure: PersonErasure, in database: Transaction) throws -> ErasureStep {
    let conversations = try PersonConversations.all(of: erasure.person, in: database)
    for conversation in conversations {
      let count = try MessageArchive.erase(
        conversation.id, limit: PersonErasure.rowsPerStep, in: database)
      // A message that came since the last bite is found here, too.
      if count > 0 { return ErasureStep([.messages: count], next: erasure.cursor ?? "0") }
    }
    let start = erasure.cursor.flatMap { Int64($0) } ?? 0
    if let step = try eraseLog(of: conversations, after: start, in: database) { return step }
    return try erasePerson(erasure.person, conversations, in: database)
  }

  /// - Returns: nil when the log has been looked through.
  private func eraseLog(
    of conversations: [PersonConversations.Entry], after start: Int64, in database: Transaction
  ) throws -> ErasureStep? {
    let ids = try database.all(
      """
      SELECT id FROM webhook_log WHERE id > \(start) ORDER BY id LIMIT \(Self.logWindow)
      """
    ).map { try $0.value("id", as: Int64.self) }
    guard let last = ids.last else { return nil }
    var count = try database.execute(
      """
      DELETE FROM webhook_log WHERE id > \(start) AND id <= \(last)
        AND conversation_id IN (\(list: conversations.map(\.id)))
      """)
    for conversation in conversations {
      for needle in try needles(conversation, in: database) {
        count += try database.execute(
          """
          DELETE FROM webhook_log WHERE id > \(start) AND id <= \(last)
            AND instr(payload, \(needle)) > 0
          """)
      }
    }
    return ErasureStep([.log: count], next: String(last))
  }

  /// What a payload about the conversation holds.
  private func needles(
    _ conversation: PersonConversations.Entry, in database: Transaction
  ) throws -> [String] {
    try database.all(
      "SELECT external_id FROM addresses WHERE conversation_id = \(conversation.id)"
    ).map { row in
      let address: String = try row.value("external_id")
      let digits = address.filter(\.isNumber)
      let isPhone = conversation.channel == .sms || conversation.channel == .whatsapp
      return isPhone && digits.count >= Self.phoneDigitsCount
        ? String(digits.suffix(Self.phoneDigitsCount)) : address
    }.filter { $0.utf8.count >= Self.needleLengthMin }
  }

  private func erasePerson(
    _ person: ID<Person>, _ conversations: [PersonConversations.Entry], in database: Transaction
  ) throws -> ErasureStep {
    var channels = 0
    for conversation in conversations {
      if let stoppedAt = conversation.stoppedAt {
        for address in try database.all(
          "SELECT external_id FROM addresses WHERE conversation_id = \(conversation.id)")
        {
          try stopList?.add(
            address.value("external_id"), on: conversation.channel, stoppedAt: stoppedAt,
            in: database)
        }
      }
      try eraseConversation(conversation.id, in: database)
      channels += 1
    }
    let people = try database.execute("DELETE FROM people WHERE id = \(person)")
    return ErasureStep([.channels: channels, .account: people])
  }

  private func eraseConversation(
    _ id: ID<ConversationRecord>, in database: Transaction
  ) throws {
    for part in ConversationPart.all { try database.execute(part.removal(id)) }
    try database.execute("DELETE FROM conversations WHERE id = \(id)")
  }
}
