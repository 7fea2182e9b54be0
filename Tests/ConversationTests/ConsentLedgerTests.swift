import Conversation
import Rehearsal
import Storage
import Testing

struct ConsentLedgerTests {
  private let rehearsal: Rehearsal

  init() throws { rehearsal = try Small.atHome(channel: .whatsapp) }

  private func history() throws -> [String] {
    try rehearsal.database.readBlocking { transaction in
      let record = try #require(try rehearsal.record(transaction))
      return try Consent.history(of: record.person.id, in: transaction).map {
        "\($0.channel.rawValue) \($0.purpose.rawValue) \($0.state.rawValue)"
          + " \($0.evidence.source.rawValue) \($0.evidence.word ?? "-")"
      }
    }
  }

  private func note(
    _ state: Consent.State, _ purpose: Purpose, of conversation: ID<ConversationRecord>? = nil
  ) throws {
    try rehearsal.database.writeBlocking { transaction in
      let record = try #require(try rehearsal.record(transaction))
      try Consent.record(
        purpose, state, of: conversation ?? record.id, by: .init(.setting), at: rehearsal.now,
        in: transaction)
    }
  }

  private func notice(_ purpose: Purpose) throws -> Engine {
    try Small.engine(onAlarm: { try $0.notify(Reply("for \(purpose)", purpose: purpose)) })
  }

  @Test func `nothing is written in an ordinary turn`() throws {
    try rehearsal.say("/start")
    try rehearsal.say("one")
    #expect(try history().isEmpty)
  }

  @Test func `stop and start are written down with their word and message, once each`() throws {
    try rehearsal.say("Stop!")
    try rehearsal.say("stop")
    let position: Int? = try rehearsal.value(
      "SELECT max(said_at_position) AS value FROM consents")
    let message: Int? = try rehearsal.value(
      "SELECT position AS value FROM inbounds WHERE content LIKE '%Stop!%'")
    #expect(position == message)
    #expect(
      try history() == [
        "whatsapp marketing withdrawn typed stop", "whatsapp reminders withdrawn typed stop",
        "whatsapp service withdrawn typed stop",
      ])
    rehearsal.advance(milliseconds: 1)
    try rehearsal.say("/start")
    try rehearsal.say("/start")
    #expect(
      try history().dropFirst(3) == [
        "whatsapp reminders granted command start", "whatsapp service granted command start",
      ])
  }

  @Test func `a stop in a picture's caption counts`() throws {
    let picture = Content.Attachment(kind: .image, fileID: "1", caption: "STOP")
    #expect(try rehearsal.send(.attachment(picture)).map(\.text) == ["Silence from now on."])
  }

  @Test func `a start whose turn fails counts and is written down`() throws {
    try rehearsal.say("stop")
    _ = try rehearsal.database.writeBlocking {
      try rehearsal.engine.keepFailed(
        Inbound(
          channel: .whatsapp, key: "failed", sender: .init(externalID: rehearsal.chat),
          content: .text("start")),
        fault: "Boom", at: rehearsal.now, in: $0)
    }
    #expect(try history().contains("whatsapp service granted typed start"))
  }

  @Test func `who has switched reminders off gets none after a start, either`() throws {
    try note(.withdrawn, .reminders)
    try rehearsal.say("stop")
    try rehearsal.say("start")
    #expect(try !history().contains { $0.hasPrefix("whatsapp reminders granted") })
  }

  @Test func `marketing is never sent without a yes, reminders are unless there was a no`()
    throws
  {
    for (purpose, isAllowed) in [(Purpose.service, true), (.reminders, true), (.marketing, false)] {
      let rehearsal = try Small.atHome(try notice(purpose))
      let said = try rehearsal.deliver(.timer(name: "alarm", payload: ""))
      #expect(said.map(\.text) == (isAllowed ? ["for \(purpose)"] : []))
    }
  }

  @Test func `a no that comes after the planning is obeyed at sending`() throws {
    for purpose in [Purpose.reminders, .marketing] {
      let rehearsal = try Small.rehearsal(try notice(purpose), channel: .whatsapp)
      try rehearsal.say("hello")
      let stage = SendingStage(rehearsal)
      try stage.send(as: "hello")
      let record = try #require(try rehearsal.database.readBlocking { try rehearsal.record($0) })
      for state in [Consent.State.granted, .withdrawn, .granted] {
        try rehearsal.database.writeBlocking {
          try Consent.record(
            purpose, .granted, of: record.id, by: .init(.setting), at: rehearsal.now, in: $0)
        }
        try rehearsal.deliver(.timer(name: "alarm", payload: ""))
        try rehearsal.database.writeBlocking {
          try Consent.record(
            purpose, state, of: record.id, by: .init(.setting), at: rehearsal.now, in: $0)
        }
        let sent = try stage.send(as: "\(state)")
        #expect((sent != nil) == (state == .granted))
      }
    }
  }

  @Test func `a reminder that is a day late is not sent`() throws {
    let rehearsal = try Small.rehearsal(try notice(.reminders), channel: .telegram)
    try rehearsal.say("hello")
    let stage = SendingStage(rehearsal, capabilities: Small.capabilities)
    try stage.send(as: "hello")
    try rehearsal.deliver(.timer(name: "alarm", payload: ""))
    #expect(try stage.claim(after: 86_400_000) == nil)
    #expect(try stage.states() == ["sent", "cancelled"])
  }

  @Test func `whatever was planned for somebody who stopped is not sent`() throws {
    try rehearsal.say("stop")
    let stage = SendingStage(rehearsal)
    #expect(try stage.send(as: "1")?.delivery.text == "Silence from now on.")
    try rehearsal.database.writeBlocking { transaction in
      _ = try transaction.execute(
        """
        UPDATE messages SET state = 'pending', created_at = created_at + 1
        WHERE state = 'cancelled'
        """)
      _ = try transaction.execute("UPDATE conversations SET send_due_at = 0, unsent_from = 0")
    }
    #expect(try stage.claim(after: 1) == nil)
    #expect(try stage.states().allSatisfy { $0 == "sent" || $0 == "cancelled" })
  }

  @Test func `a stop on one address silences the person's others, and a start wakes them`()
    throws
  {
    try link("linked", .telegram)
    try link("page", .webchat)
    rehearsal.advance(milliseconds: 5)
    try rehearsal.say("stop")
    #expect(try isStopped("linked"))
    // Nothing is ever pushed to a page, so there is nothing to silence.
    #expect(try !isStopped("page"))
    #expect(try say("anyone?", to: .telegram, chat: "linked").isEmpty)
    #expect(try history().contains("telegram service withdrawn elsewhere stop"))
    try rehearsal.say("start")
    #expect(try !isStopped("linked"))
    #expect(try history().contains("telegram service granted elsewhere start"))
  }

  @Test func `who said stop on an address is woken only by a start there`() throws {
    try link("linked", .telegram)
    try say("hello", to: .telegram, chat: "linked")
    try say("stop", to: .telegram, chat: "linked")
    #expect(try rehearsal.say("hm?").isEmpty)
    #expect(try rehearsal.say("start").first?.text == "Hello again.")
    #expect(try isStopped("linked"))
    #expect(try rehearsal.say("two").map(\.text) == ["heard 1"])
    try say("start", to: .telegram, chat: "linked")
    #expect(try !isStopped("linked"))
  }

  @Test func `what is said of an address is forgotten with it`() throws {
    try rehearsal.say("stop")
    try rehearsal.database.writeBlocking { transaction in
      let record = try #require(try rehearsal.record(transaction))
      try Consent.forget(record.id, in: transaction)
      try DeliveryReports.forget(record.id, in: transaction)
    }
    #expect(try history().isEmpty)
  }

  private func link(_ chat: String, _ channel: Channel) throws {
    try rehearsal.database.writeBlocking { transaction in
      let record = try #require(try rehearsal.record(transaction))
      try transaction.execute(
        """
        INSERT INTO conversations (id, person_id, channel, external_id, stack, owner, epoch,
          position, started_at, seen_at)
        VALUES (\(chat), \(record.person.id), \(channel), \(chat), '', 'bot', 0, 0, 1, 1)
        """)
      try transaction.execute(
        """
        INSERT INTO addresses (channel, external_id, conversation_id)
        VALUES (\(channel), \(chat), \(chat))
        """)
    }
  }

  private func isStopped(_ chat: String) throws -> Bool {
    let stoppedAt: Int64? = try rehearsal.value(
      "SELECT stopped_at AS value FROM conversations WHERE id = \(chat)")
    return stoppedAt != nil
  }

  /// - Returns: what was answered.
  @discardableResult
  private func say(_ text: String, to channel: Channel, chat: String) throws -> [String] {
    try rehearsal.database.writeBlocking { transaction in
      let before = try transaction.first(
        "SELECT position FROM conversations WHERE id = \(chat)")?.value("position", as: Int.self)
      _ = try rehearsal.engine.receive(
        Inbound(
          channel: channel, key: "\(chat) \(text)", sender: .init(externalID: chat),
          content: .text(text)), at: rehearsal.now, in: transaction)
      return try transaction.all(
        """
        SELECT text FROM deliveries
        WHERE conversation_id = \(chat) AND position > \(before ?? 0)
        """
      ).map { try $0.value("text") }
    }
  }
}
