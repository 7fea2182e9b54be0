import Conversation
import Storage

/// Looks everything through, from time to time and at the end.
extension World {
  func audit() throws {
    journal.note(.audited, at: nowMs, Int64(turnsCount))
    let texts = system.vocabulary == nil ? expectedTextsCount : 0
    try machine.look { database in
      try expect(
        committedLettersCount, "messages are kept", "SELECT count(*) AS n FROM inbounds", database)
      try expect(
        texts, "texts were done",
        """
        SELECT count(*) AS n FROM effects
        WHERE times = 1 AND (token GLOB 'note *' OR token GLOB 'trap *')
        """, database)
      try expect(
        0, "conversations have a gap in their positions",
        """
        SELECT count(*) AS n FROM conversations c WHERE c.position !=
          (SELECT count(*) FROM inbounds WHERE conversation_id = c.id)
          + (SELECT count(*) FROM deliveries WHERE conversation_id = c.id)
        """, database)
      try expect(
        0, "positions are taken twice",
        """
        SELECT count(*) AS n FROM inbounds i
        JOIN deliveries d ON d.conversation_id = i.conversation_id AND d.position = i.position
        """, database)
      try expect(
        personOf.count, "conversations exist", "SELECT count(*) AS n FROM conversations", database)
      try expect(
        0, "unsent deliveries are not due",
        """
        SELECT count(*) AS n FROM deliveries d JOIN conversations c ON c.id = d.conversation_id
        WHERE d.state IN ('pending', 'sending') AND c.send_due_at IS NULL
        """, database)
    }
  }

  /// Once the world is calm nothing may be left.
  func auditRest() throws {
    try machine.look { database in
      try expect(
        0, "deliveries are still unsent",
        "SELECT count(*) AS n FROM deliveries WHERE state IN ('pending', 'sending')", database)
      try expect(
        0, "conversations are due with nothing to send",
        "SELECT count(*) AS n FROM conversations WHERE send_due_at IS NOT NULL", database)
      try expect(
        0, "jobs are unfinished",
        "SELECT count(*) AS n FROM jobs WHERE state IN ('available', 'running')", database)
      try expect(0, "timers are left", "SELECT count(*) AS n FROM timers", database)
      try auditReports(database)
      try auditSMS(database)
      for number in people.indices where people[number].wasAlwaysServed {
        guard let conversation = people[number].conversation else { continue }
        try expect(
          0, "timers of person \(number) never rang",
          """
          SELECT count(*) AS n FROM effects
          WHERE conversation_id = \(conversation) AND times = 0
          """, database)
        try expect(
          0, "messages of person \(number) were never answered",
          """
          SELECT count(*) AS n FROM inbounds i
          WHERE i.conversation_id = \(conversation)
            AND i.kind NOT IN ('reaction', 'blocked', 'unblocked')
            AND NOT EXISTS (SELECT 1 FROM deliveries d
              WHERE d.conversation_id = i.conversation_id AND d.position > i.position
                AND d.kind = 'message')
          """, database)
      }
    }
  }

  private func expect(
    _ expected: Int, _ what: String, _ query: SQL, _ database: Transaction
  ) throws {
    let found = try database.first(query)?.value("n", as: Int.self) ?? -1
    guard found == expected else { throw Violation("\(found) \(what) instead of \(expected)") }
  }
}
