import Conversation
import Rehearsal
import Storage
import Testing

/// A channel that lets us write for a day after each message.
struct WindowTests {
  private static let dayMs: Int64 = 86_400_000
  private static let templates = """
    templates:
      - name: reply_to_open
        category: utility
        parameters: [{value: name, missing: {en: you}}]
        languages:
          en: {code: en, body: "Hello {{1}}, please reply."}
    """

  private let stage: SendingStage
  private var rehearsal: Rehearsal { stage.rehearsal }

  init() throws { stage = try Self.stage(templates: Self.templates) }

  private static func stage(
    templates: String?, alarm: Reply = Reply("ring")
  ) throws -> SendingStage {
    let catalogue = try templates.map { try TemplateCatalogue(yaml: $0, file: "templates.yaml") }
    let stage = SendingStage(
      try Small.rehearsal(
        Small.engine(onAlarm: { try $0.notify(alarm) }), channel: .whatsapp),
      rules: WindowRules(
        templates: catalogue ?? .none,
        channels: [.whatsapp: Small.windowed, .telegram: Small.capabilities]))
    try stage.rehearsal.say("hello")
    try stage.send(as: "wamid.hello")
    return stage
  }

  /// Something is planned while the window is closed.
  @discardableResult
  private func ring(after milliseconds: Int64 = dayMs) throws -> OutgoingCall? {
    rehearsal.advance(milliseconds: milliseconds)
    try rehearsal.deliver(.timer(name: "alarm", payload: ""))
    return try stage.claim()
  }

  @Test func `within a day of the person's message everything goes out as it is`() throws {
    let call = try ring(after: Self.dayMs - 61_000)
    #expect(call?.delivery.text == "ring")
    #expect(call?.template == nil)
  }

  @Test func `after that the person is asked once, and the message waits for them`() throws {
    let call = try #require(try ring())
    #expect(
      call.template == TemplateCall(name: "reply_to_open", language: "en", parameters: ["you"]))
    #expect(call.delivery.text == "Hello you, please reply.")
    try stage.settle(call, .accepted(providerID: "wamid.ask"))
    #expect(try stage.claim() == nil)
    #expect(try stage.claim(after: Self.dayMs) == nil)
    #expect(try ring() == nil)
    #expect(try stage.states() == ["sent", "pending", "sent", "pending"])
    try rehearsal.say("hi")
    #expect(try stage.send(as: "1")?.delivery.text == "ring")
    #expect(try stage.send(as: "2")?.delivery.text == "ring")
    #expect(try stage.send(as: "3")?.delivery.text == "heard 1")
    #expect(try stage.claim() == nil)
  }

  @Test(arguments: [
    (Reply("remember", purpose: .reminders), "daily_reminder"),
    (Reply("week", purpose: .reminders, media: FileFlow.file([1])), "weekly_summary"),
    (Reply("chart", media: FileFlow.file([1])), "result_ready"),
    (Reply("word"), "reply_to_open"),
  ])
  func `the template says what waits, where one for that is approved`(
    reply: Reply, name: String
  ) throws {
    let more = ["daily_reminder", "weekly_summary", "result_ready"].map { name in
      """

        - name: \(name)
          category: utility
          parameters: []
          languages:
            en: {code: en, body: "Please reply to the \(name)."}
      """
    }
    for (templates, expected) in [
      (Self.templates + more.joined(), name), (Self.templates, "reply_to_open"),
    ] {
      let stage = try Self.stage(templates: templates, alarm: reply)
      stage.rehearsal.advance(milliseconds: Self.dayMs)
      try stage.rehearsal.deliver(.timer(name: "alarm", payload: ""))
      #expect(try stage.claim()?.template?.name == expected)
    }
  }

  @Test func `each time the window closes the person may be asked again`() throws {
    for round in 1...3 {
      #expect(try stage.value("SELECT count(*) AS value FROM deliveries") == round * 3 - 2)
      try stage.settle(try #require(try ring()), .accepted(providerID: "ask.\(round)"))
      try rehearsal.say("hi")
      #expect(try stage.send(as: "ring.\(round)")?.template == nil)
      #expect(try stage.send(as: "heard.\(round)")?.template == nil)
    }
  }

  @Test func `nobody is asked twice in a day`() async throws {
    try stage.settle(try #require(try ring()), .accepted(providerID: "ask"))
    rehearsal.advance(milliseconds: 60_000)
    try rehearsal.say("hi")
    try stage.send(as: "wamid.ring")
    // The provider closes the window early, by its own clock.
    try await stage.report("wamid.ring", .failed(.windowClosed, reason: "131047"))
    #expect(try stage.claim() == nil)
    #expect(try stage.claim(after: Self.dayMs - 60_001) == nil)
    #expect(try stage.claim(after: 1)?.template?.name == "reply_to_open")
  }

  @Test func `a message that the provider refuses for the window waits behind a template`()
    async throws
  {
    for isLate in [false, true] {
      let stage = try Self.stage(templates: Self.templates)
      try stage.rehearsal.deliver(.timer(name: "alarm", payload: ""))
      let call = try #require(try stage.claim())
      #expect(call.template == nil)
      if isLate {
        try stage.settle(call, .accepted(providerID: "wamid.ring"))
        try await stage.report("wamid.ring", .failed(.windowClosed, reason: "131047"))
      } else {
        try stage.settle(call, .windowClosed(reason: "131047"))
      }
      let ask = try #require(try stage.claim())
      #expect(ask.template?.name == "reply_to_open")
      try stage.settle(ask, .accepted(providerID: "wamid.ask"))
      #expect(try stage.claim() == nil)
      try stage.rehearsal.say("hi")
      #expect(try stage.claim()?.delivery.text == "ring")
    }
  }

  @Test func `what nobody comes for is given up after a week`() throws {
    try stage.settle(try #require(try ring()), .accepted(providerID: "ask"))
    #expect(try stage.claim(after: 7 * Self.dayMs - 1) == nil)
    #expect(try stage.states() == ["sent", "pending", "sent"])
    #expect(try stage.claim(after: 1) == nil)
    #expect(try stage.states() == ["sent", "cancelled", "sent"])
    #expect(try stage.value("SELECT send_due_at AS value FROM conversations") == Int64?.none)
  }

  @Test func `a template that is refused leaves the messages waiting`() throws {
    for outcome in [SendOutcome.refused(reason: "132015"), .windowClosed(reason: "131047")] {
      let stage = try Self.stage(templates: Self.templates)
      stage.rehearsal.advance(milliseconds: Self.dayMs)
      try stage.rehearsal.deliver(.timer(name: "alarm", payload: ""))
      try stage.settle(try #require(try stage.claim()), outcome)
      #expect(try stage.claim() == nil)
      #expect(try stage.states() == ["sent", "pending", "failed"])
      try stage.rehearsal.say("hi")
      #expect(try stage.claim()?.delivery.text == "ring")
    }
  }

  @Test func `a template that fails is tried again, one in doubt is not`() throws {
    let call = try #require(try ring())
    try stage.settle(call, .failed(reason: "503"))
    let again = try #require(try stage.claim(after: Backoff.delayMsMax))
    #expect(again.template == call.template)
    try stage.settle(again, .unknown(reason: "timeout"))
    #expect(try stage.claim(after: Self.dayMs) == nil)
  }

  @Test func `a template is not sent once the person has written`() throws {
    let call = try #require(try ring())
    try stage.settle(call, .failed(reason: "503"))
    try rehearsal.say("hi")
    rehearsal.advance(milliseconds: Backoff.delayMsMax)
    #expect(try stage.send(as: "1")?.delivery.text == "ring")
    #expect(try stage.send(as: "2")?.delivery.text == "heard 1")
    #expect(try stage.claim() == nil)
    #expect(try stage.states() == ["sent", "sent", "cancelled", "sent"])
  }

  @Test func `a template under way when the person writes is not sent twice`() throws {
    let call = try #require(try ring())
    try rehearsal.say("hi")
    #expect(try stage.claim() == nil)
    try stage.settle(call, .accepted(providerID: "ask"))
    #expect(try stage.send(as: "1")?.delivery.text == "ring")
  }

  @Test func `without a template messages wait all the same`() throws {
    let stage = try Self.stage(templates: nil)
    stage.rehearsal.advance(milliseconds: Self.dayMs)
    try stage.rehearsal.deliver(.timer(name: "alarm", payload: ""))
    #expect(try stage.claim() == nil)
    try stage.rehearsal.say("hi")
    #expect(try stage.claim()?.delivery.text == "ring")
  }

  @Test func `a reaction does not open the window`() throws {
    try stage.settle(try #require(try ring()), .accepted(providerID: "ask"))
    try rehearsal.send(.reaction(emoji: "👍"))
    #expect(try stage.claim() == nil)
  }

  @Test func `a message that is run again later does not open the window`() throws {
    let failed = try rehearsal.database.writeBlocking {
      try rehearsal.engine.keepFailed(
        Inbound(
          channel: .whatsapp, key: "failed", sender: .init(externalID: rehearsal.chat),
          content: .text("hm")), fault: "Boom", at: rehearsal.now, in: $0)
    }
    try stage.send(as: "sorry")
    rehearsal.advance(milliseconds: Self.dayMs)
    let conversation = try #require(failed.conversation)
    let position: Int? = try stage.value(
      "SELECT position AS value FROM inbounds WHERE state = 'failed'")
    _ = try rehearsal.database.writeBlocking {
      try rehearsal.engine.retry(
        conversation, position: position ?? 0, at: rehearsal.now, in: $0)
    }
    #expect(try stage.claim()?.template != nil)
  }

  @Test func `a call lost with its process waits like the others`() throws {
    try rehearsal.say("one")
    _ = try #require(try stage.claim())
    rehearsal.advance(milliseconds: Self.dayMs)
    let ask = try #require(try stage.claim())
    #expect(ask.template != nil)
    #expect(try stage.states() == ["sent", "pending", "sending"])
    try stage.settle(ask, .accepted(providerID: "ask"))
    try rehearsal.say("two")
    #expect(try stage.send(as: "1")?.delivery.text == "heard 1")
  }

  @Test func `a late hold is kept even when the person writes`() throws {
    try rehearsal.say("one")
    let lost = try #require(try stage.claim())
    try stage.settle(try #require(try stage.claim(after: Self.dayMs)), .accepted(providerID: "a"))
    #expect(try stage.claim() == nil)
    try stage.settle(lost, .holdChat(delayMs: 30_000))
    try rehearsal.say("two")
    #expect(try stage.claim(after: 29_999) == nil)
    #expect(try stage.claim(after: 1)?.delivery.text == "heard 1")
  }

  @Test func `a stop is confirmed, and what waited is never sent`() throws {
    try stage.settle(try #require(try ring()), .accepted(providerID: "ask"))
    try rehearsal.say("stop")
    #expect(try stage.send(as: "1")?.delivery.text == "Silence from now on.")
    #expect(try stage.claim() == nil)
    #expect(try stage.states() == ["sent", "cancelled", "sent", "sent"])
  }

  @Test func `a channel without an end to it sends at any time`() throws {
    let rehearsal = try Small.rehearsal(channel: .telegram)
    let stage = SendingStage(rehearsal, capabilities: Small.capabilities)
    try rehearsal.say("hello")
    #expect(try stage.claim(after: 30 * Self.dayMs)?.template == nil)
  }

  @Test func `what waits goes by another channel where the person wants that`() throws {
    let other = try link(.telegram, chat: "other")
    try grant(.service, other)
    #expect(try ring() == nil)
    #expect(try stage.states().filter { $0 == "cancelled" }.count == 1)
    let telegram = Outbox(channel: .telegram, capabilities: Small.capabilities)
    let calls = try rehearsal.database.writeBlocking {
      try telegram.claim(at: rehearsal.now, limit: 9, in: $0)
    }
    #expect(calls.map(\.delivery.text) == ["ring"])
    #expect(calls.map(\.externalID) == ["other"])
  }

  @Test func `it does not where they have not said so, have stopped, or must answer here`()
    throws
  {
    let other = try link(.telegram, chat: "other")
    #expect(try ring()?.template != nil)
    try grant(.service, other)
    try rehearsal.database.writeBlocking { transaction in
      _ = try transaction.execute("UPDATE conversations SET stopped_at = 1 WHERE id = \(other)")
    }
    #expect(try stage.claim(after: Outbox.leaseMs) == nil)
    try rehearsal.database.writeBlocking { transaction in
      _ = try transaction.execute(
        "UPDATE conversations SET stopped_at = NULL WHERE id = \(other)")
    }
    try rehearsal.say("work")
    while try stage.send(as: "x") != nil {}
    rehearsal.advance(milliseconds: 2 * Self.dayMs)
    try rehearsal.deliver(.finished(job: "work", result: "1"))
    #expect(try stage.claim()?.template != nil)
  }

  private func link(_ channel: Channel, chat: String) throws -> ID<ConversationRecord> {
    try rehearsal.database.writeBlocking { transaction in
      let record = try #require(try rehearsal.record(transaction))
      let id = ID<ConversationRecord>("other-conversation")
      try transaction.execute(
        """
        INSERT INTO conversations (id, person_id, channel, external_id, stack, owner, epoch,
          position, started_at, seen_at)
        VALUES (\(id), \(record.person.id), \(channel), \(chat), '', 'bot', 0, 0, 1, 1)
        """)
      try transaction.execute(
        """
        INSERT INTO addresses (channel, external_id, conversation_id)
        VALUES (\(channel), \(chat), \(id))
        """)
      return id
    }
  }

  private func grant(_ purpose: Purpose, _ conversation: ID<ConversationRecord>) throws {
    try rehearsal.database.writeBlocking {
      try Consent.record(
        purpose, .granted, of: conversation, by: .init(.link), at: rehearsal.now, in: $0)
    }
  }
}
