import Conversation
import Rehearsal
import Storage
import Testing

struct DeliveryReportTests {
  private let stage: SendingStage

  init() throws { stage = try .greeted() }

  @Test func `a receipt finds its message by the provider's id`() async throws {
    try stage.send(as: "wamid.1")
    try await stage.report("wamid.1", .delivered)
    #expect(try stage.states() == ["delivered"])
    try await stage.report("wamid.1", .read)
    #expect(try stage.states() == ["read"])
    #expect(stage.woken.count == 0)
  }

  @Test(
    arguments: [
      ([.sent, .delivered, .read], "read"),
      ([.read, .delivered, .sent], "read"),
      ([.delivered, .delivered, .sent], "delivered"),
      ([.read], "read"),
      ([.delivered, .failed(.final, reason: "131026")], "delivered"),
      ([.read, .failed(.unreachable, reason: "131050")], "read"),
      ([.failed(.final, reason: "131026"), .delivered], "failed"),
      ([.failed(.final, reason: "131026"), .failed(.passing(delayMs: 1), reason: "1")], "failed"),
    ] as [([DeliveryReport.State], String)])
  func `a status never goes backwards`(
    reports: [DeliveryReport.State], state: String
  ) async throws {
    for isEarly in [false, true] {
      let stage = try SendingStage.greeted()
      let call = try #require(try stage.claim())
      if !isEarly { try stage.settle(call, .accepted(providerID: "wamid.1")) }
      for report in reports { try await stage.report("wamid.1", report) }
      if isEarly { try stage.settle(call, .accepted(providerID: "wamid.1")) }
      #expect(try stage.states() == [state])
      // All of them once more, in one post.
      try await stage.report(
        reports.map {
          DeliveryReport(
            channel: .whatsapp, providerID: "wamid.1", state: $0, at: stage.rehearsal.now)
        })
      #expect(try stage.states() == [state])
    }
  }

  @Test func `a message that will not arrive is marked with the reason`() async throws {
    try stage.send(as: "wamid.1")
    try await stage.report("wamid.1", .failed(.final, reason: "131026"))
    #expect(try stage.states() == ["failed"])
    #expect(try stage.value("SELECT fault AS value FROM deliveries") == "131026")
    #expect(try stage.claim(after: 86_400_000) == nil)
  }

  @Test func `what fails for a while is sent again after the delay, under a new id`()
    async throws
  {
    try stage.send(as: "wamid.1")
    try await stage.report("wamid.1", .failed(.passing(delayMs: 6_000), reason: "131056"))
    #expect(stage.woken.count == 1)
    #expect(try stage.claim(after: 5_999) == nil)
    let again = try #require(try stage.claim(after: 1))
    #expect(again.delivery.attempt == 2)
    try await stage.report("wamid.1", .failed(.passing(delayMs: 6_000), reason: "131056"))
    #expect(try stage.states() == ["sending"])
    try stage.settle(again, .accepted(providerID: "wamid.2"))
    try await stage.report("wamid.1", .failed(.final, reason: "131056"))
    #expect(try stage.states() == ["sent"])
    try await stage.report("wamid.2", .delivered)
    #expect(try stage.states() == ["delivered"])
  }

  @Test func `what must not come twice, or is too old, is not sent again`() async throws {
    try stage.send(as: "wamid.1")
    stage.rehearsal.advance(milliseconds: 86_400_000)
    try await stage.report("wamid.1", .failed(.passing(delayMs: 0), reason: "131016"))
    #expect(try stage.states() == ["failed"])
    try stage.rehearsal.say("once")
    try stage.send(as: "wamid.2")
    try await stage.report("wamid.2", .failed(.passing(delayMs: 0), reason: "131016"))
    #expect(try stage.states() == ["failed", "failed"])
  }

  @Test func `a passing failure does not go on for ever`() async throws {
    for attempt in 1...Outbox.attemptsMax {
      #expect(try stage.send(as: "wamid.\(attempt)")?.delivery.attempt == attempt)
      try await stage.report("wamid.\(attempt)", .failed(.passing(delayMs: 0), reason: "1"))
    }
    #expect(try stage.states() == ["failed"])
  }

  @Test func `who cannot be reached is left alone until they write`() async throws {
    try stage.send(as: "wamid.1")
    try stage.rehearsal.deliver(.timer(name: "alarm", payload: ""))
    try await stage.report("wamid.1", .failed(.unreachable, reason: "131050"))
    #expect(try stage.states() == ["failed", "cancelled"])
    #expect(try stage.claim() == nil)
    try stage.rehearsal.say("back")
    #expect(try stage.claim()?.delivery.text == "heard 1")
  }

  @Test func `who has written since can be reached`() async throws {
    try stage.send(as: "wamid.1")
    try stage.rehearsal.say("one")
    try await stage.report("wamid.1", .failed(.unreachable, reason: "131050"))
    #expect(try stage.states() == ["failed", "pending"])
  }

  @Test func `a call under way when the person is found gone ends in peace`() async throws {
    try stage.send(as: "wamid.1")
    try stage.rehearsal.deliver(.timer(name: "alarm", payload: ""))
    let call = try #require(try stage.claim())
    try await stage.report("wamid.1", .failed(.unreachable, reason: "131050"))
    try stage.settle(call, .accepted(providerID: "wamid.2"))
    #expect(try stage.states() == ["failed", "sent"])
    #expect(try stage.claim(after: Outbox.leaseMs) == nil)
  }

  @Test func `a receipt settles the doubt of a call whose answer was lost`() async throws {
    let call = try #require(try stage.claim())
    try stage.settle(call, .unknown(reason: "timeout"))
    #expect(try stage.states() == ["pending"])
    try await stage.report("wamid.1", .delivered, echoing: call)
    #expect(try stage.states() == ["delivered"])
    #expect(try stage.claim(after: Backoff.delayMsMax) == nil)
    try await stage.report("wamid.1", .read)
    #expect(try stage.states() == ["read"])
  }

  @Test func `a receipt that came before a call was given up settles it, too`() async throws {
    try stage.send(as: "wamid.0")
    try stage.rehearsal.say("once")
    let call = try #require(try stage.claim())
    try await stage.report("wamid.1", .sent, echoing: call)
    #expect(try stage.states() == ["sent", "sending"])
    try stage.settle(call, .unknown(reason: "timeout"))
    #expect(try stage.states() == ["sent", "sent"])
    try await stage.report("wamid.1", .delivered)
    #expect(try stage.states() == ["sent", "delivered"])
  }

  @Test func `what nobody knows is known once a receipt comes`() async throws {
    try stage.send(as: "wamid.0")
    try stage.rehearsal.say("once")
    let call = try #require(try stage.claim())
    try stage.settle(call, .unknown(reason: "timeout"))
    #expect(try stage.states() == ["sent", "unknown"])
    try await stage.report("wamid.1", .read, echoing: call)
    #expect(try stage.states() == ["sent", "read"])
  }

  @Test func `a call that was made twice has arrived when either has`() async throws {
    let first = try #require(try stage.claim())
    let second = try #require(try stage.claim(after: Outbox.leaseMs))
    try stage.settle(first, .accepted(providerID: "wamid.1"))
    try stage.settle(second, .accepted(providerID: "wamid.2"))
    try await stage.report("wamid.1", .failed(.final, reason: "131026"))
    #expect(try stage.states() == ["sent"])
    try await stage.report("wamid.1", .delivered)
    #expect(try stage.states() == ["delivered"])
  }

  @Test func `a receipt of an older try that comes during a newer one is not lost`() async throws {
    let first = try #require(try stage.claim())
    let second = try #require(try stage.claim(after: Outbox.leaseMs))
    // The first call's answer comes late, and its receipt while the second is under way.
    try stage.settle(first, .accepted(providerID: "wamid.1"))
    try await stage.report("wamid.1", .delivered)
    #expect(try stage.states() == ["sending"])
    // The provider has known the message again.
    try stage.settle(second, .accepted(providerID: "wamid.1"))
    #expect(try stage.states() == ["delivered"])
  }

  @Test func `reports of messages that are not ours are bounded and forgotten`() async throws {
    let call = try #require(try stage.claim())
    try await stage.report(
      (0..<2_500).map {
        DeliveryReport(
          channel: .whatsapp, providerID: "foreign-\($0)", state: .sent,
          at: stage.rehearsal.now)
      })
    #expect(try stage.value("SELECT count(*) AS value FROM early_reports") == 2_000)
    try stage.settle(call, .accepted(providerID: "wamid.1"))
    stage.rehearsal.advance(milliseconds: 31 * 86_400_000)
    let forgotten = try stage.rehearsal.database.writeBlocking {
      try DeliveryReports.prune(at: stage.rehearsal.now, limit: 5_000, in: $0)
    }
    #expect(forgotten == 2_001)
    try await stage.report("wamid.1", .read)
    #expect(try stage.states() == ["sent"])
  }

  @Test func `a channel that reports nothing keeps nothing`() throws {
    let rehearsal = try Small.rehearsal(channel: .telegram)
    try rehearsal.say("hello")
    let stage = SendingStage(rehearsal, capabilities: Small.capabilities)
    try stage.send(as: "1")
    #expect(try stage.value("SELECT count(*) AS value FROM provider_messages") == 0)
  }

  @Test(arguments: ["", "a.1", "a.b.1", "a.1.x", ".1.1", "a.1.1.1"])
  func `a mark that is none of ours is no reference`(text: String) {
    #expect(CallReference(text) == nil)
  }

  @Test func `a reference survives the way there and back`() throws {
    let call = try #require(try stage.claim())
    #expect(CallReference(call.reference.text) == call.reference)
  }
}
