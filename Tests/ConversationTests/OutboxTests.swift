import Conversation
import Rehearsal
import Storage
import Testing

struct OutboxTests {
  private let rehearsal: Rehearsal
  private let outbox = Outbox(channel: .telegram)

  init() throws { rehearsal = try Small.rehearsal(channel: .telegram) }

  private func claim(after milliseconds: Int64 = 0, pace: Pace? = nil) throws -> [OutgoingCall] {
    rehearsal.advance(milliseconds: milliseconds)
    return try rehearsal.database.writeBlocking {
      try outbox.claim(at: rehearsal.now, limit: 10, pace: pace, in: $0)
    }
  }

  private func settle(
    _ call: OutgoingCall, _ outcome: SendOutcome, spacingMs: Int64 = 0
  ) throws {
    var random = RandomSource(seed: 1)
    try rehearsal.database.writeBlocking {
      try outbox.settle(
        call, outcome, spacingMs: spacingMs, at: rehearsal.now, random: &random, in: $0)
    }
  }

  private func states() throws -> [String] {
    try rehearsal.database.readBlocking { transaction in
      try transaction.all("SELECT state FROM deliveries ORDER BY position")
        .map { try $0.value("state") }
    }
  }

  private func dueAt() throws -> Timestamp? {
    try rehearsal.database.readBlocking { try outbox.nextDueAt(in: $0) }
  }

  @Test func `one call a chat at a time, in order`() throws {
    try rehearsal.say("hello")
    try rehearsal.say("one")
    let first = try #require(try claim().first)
    #expect(first.delivery.text == "welcome begins")
    #expect(try claim().isEmpty)
    try settle(first, .accepted(providerID: "m1"))
    let second = try #require(try claim().first)
    #expect(second.delivery.text == "heard 1")
    try settle(second, .accepted(providerID: "m2"))
    #expect(try claim().isEmpty)
  }

  @Test func `a hold keeps the chat waiting and counts no attempt`() throws {
    try rehearsal.say("hello")
    let call = try #require(try claim().first)
    try settle(call, .holdChat(delayMs: 5_000))
    #expect(try claim(after: 4_999).isEmpty)
    let again = try #require(try claim(after: 1).first)
    #expect(again.delivery.attempt == 1)
  }

  @Test func `a channel's hold keeps everybody waiting`() throws {
    try rehearsal.say("hello")
    try settle(try #require(try claim().first), .holdChannel(delayMs: 5_000))
    try rehearsal.database.writeBlocking { transaction in
      let other = Inbound(
        channel: .telegram, key: "other", sender: .init(externalID: "other"),
        content: .text("hello"))
      _ = try rehearsal.engine.receive(other, at: rehearsal.now, in: transaction)
    }
    #expect(try claim(after: 4_999).isEmpty)
    #expect(try dueAt() == rehearsal.now.adding(milliseconds: 1))
    #expect(try claim(after: 1).count == 2)
  }

  @Test func `failures back off and end after so many attempts`() throws {
    try rehearsal.say("hello")
    for attempt in 1...Outbox.attemptsMax {
      let call = try #require(try claim(after: Backoff.delayMsMax).first)
      #expect(call.delivery.attempt == attempt)
      try settle(call, .failed(reason: "503"))
    }
    #expect(try states() == ["failed"])
    #expect(try dueAt() == nil)
  }

  @Test func `an unknown outcome is tried again only so often and only if it may be`() throws {
    try rehearsal.say("hello")
    for _ in 1...Outbox.unknownAttemptsMax {
      try settle(try #require(try claim(after: Backoff.delayMsMax).first), .unknown(reason: "t"))
    }
    #expect(try states() == ["unknown"])
    try rehearsal.say("once")
    try settle(try #require(try claim().first), .unknown(reason: "t"))
    #expect(try states().suffix(2).contains("unknown"))
  }

  @Test func `earlier failures do not use up the tries of an unknown outcome`() throws {
    try rehearsal.say("hello")
    for _ in 0..<5 {
      try settle(try #require(try claim(after: Backoff.delayMsMax).first), .failed(reason: "503"))
    }
    try settle(try #require(try claim(after: Backoff.delayMsMax).first), .unknown(reason: "t"))
    #expect(try states() == ["pending"])
  }

  @Test func `after a crash what was under way is sent again, or let go if it must be`() throws {
    try rehearsal.say("hello")
    let lost = try #require(try claim().first)
    try rehearsal.database.writeBlocking { try outbox.recover(at: rehearsal.now, in: $0) }
    let again = try #require(try claim().first)
    #expect(again.delivery.position == lost.delivery.position)
    // The first call ends after all; the second one counts.
    try settle(lost, .refused(reason: "late"))
    #expect(try states() == ["sending"])
    try settle(again, .accepted(providerID: "m1"))
    try rehearsal.say("once")
    _ = try #require(try claim().first)
    try rehearsal.database.writeBlocking { try outbox.recover(at: rehearsal.now, in: $0) }
    #expect(try claim().isEmpty)
    #expect(try states()[1...].contains("unknown"))
  }

  @Test func `a call whose lease is over is made again`() throws {
    try rehearsal.say("hello")
    _ = try #require(try claim().first)
    #expect(try claim(after: Outbox.leaseMs - 1).isEmpty)
    #expect(try claim(after: 1).first?.delivery.attempt == 2)
  }

  @Test func `who cannot be reached is left alone until they write`() throws {
    try rehearsal.say("hello")
    try rehearsal.say("one")
    rehearsal.advance(milliseconds: 10)
    let call = try #require(try claim().first)
    try settle(call, .unreachablePerson(reason: "403"))
    #expect(try Set(states()) == ["failed", "cancelled"])
    #expect(try dueAt() == nil)
    rehearsal.advance(milliseconds: 10)
    try rehearsal.say("back")
    #expect(try claim().first?.delivery.text == "heard 2")
  }

  @Test func `a refusal that is older than the person's last message is no block`() throws {
    try rehearsal.say("hello")
    let call = try #require(try claim().first)
    rehearsal.advance(milliseconds: 10)
    try rehearsal.say("back")
    try settle(call, .unreachablePerson(reason: "403"))
    #expect(try claim().first?.delivery.text == "heard 1")
  }

  @Test func `what failed under way before a stop is not tried again`() throws {
    try rehearsal.say("hello")
    let call = try #require(try claim().first)
    try rehearsal.say("stop")
    try settle(call, .failed(reason: "503"))
    #expect(
      try claim(after: Backoff.delayMsMax).map(\.delivery.text) == ["Silence from now on."])
  }

  @Test func `what was planned before staff took over is not sent`() throws {
    try rehearsal.say("hello")
    let call = try #require(try claim().first)
    try rehearsal.database.writeBlocking { transaction in
      let record = try #require(try rehearsal.record(transaction))
      _ = try rehearsal.engine.changeOwner(
        record.id, to: "staff-1", at: rehearsal.now, in: transaction)
    }
    try settle(call, .failed(reason: "503"))
    #expect(try claim(after: Backoff.delayMsMax).isEmpty)
    #expect(try dueAt() == nil)
  }

  @Test func `an acknowledgement that comes too late is dropped, however many there are`() throws {
    try rehearsal.say("hello")
    try settle(try #require(try claim().first), .accepted(providerID: "m1"))
    for _ in 0..<40 {
      try rehearsal.send(.choice(.init(token: "none", queryID: "query")))
    }
    // Only the acknowledgements are left, and the last answer.
    try rehearsal.database.writeBlocking { transaction in
      try transaction.execute(
        """
        UPDATE messages SET state = 'cancelled' WHERE kind != 'acknowledge'
          AND state = 'pending' AND position <
            (SELECT max(position) FROM deliveries WHERE kind = 'message')
        """)
    }
    rehearsal.advance(milliseconds: Engine.acknowledgeLifeMs)
    var call: OutgoingCall?
    for _ in 0..<10 where call == nil { call = try claim().first }
    #expect(call?.delivery.kind == .message)
  }

  @Test func `a chat that is written to one by one is held to its spacing, too`() throws {
    let limits = SendLimits(perSecond: 30, chatSpacingMs: 1_000, chatBurst: 1, concurrencyMax: 4)
    var pace = Pace(limits, now: rehearsal.now)
    try rehearsal.say("hello")
    let call = try #require(try claim(pace: pace).first)
    let spacing = pace.spacingMs(afterMessageTo: call.externalID, at: rehearsal.now)
    try settle(call, .accepted(providerID: "m1"), spacingMs: spacing)
    try rehearsal.say("one")
    #expect(try claim(pace: pace).isEmpty)
    #expect(try claim(after: 999, pace: pace).isEmpty)
    #expect(try claim(after: 1, pace: pace).first?.delivery.text == "heard 1")
  }
}
