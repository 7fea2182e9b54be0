import Channels
import Conversation
import Standins
import Storage
import Testing

struct KavenegarPollingTests {
  private static let person = "09123456789"

  @Test func `what was sent to the line is fetched once`() async throws {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      let polling = stage.polling
      let id = standin.receive("سلام", from: Self.person, at: stage.clock.now.milliseconds / 1_000)
      #expect(await polling.fetchMessages() == .done)
      #expect(stage.accepted.map(\.key) == ["kavenegar/\(id)"])
      #expect(stage.accepted.first?.sender.externalID == "+989123456789")
      #expect(await polling.fetchMessages() == .done)
      #expect(stage.accepted.count == 1)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a message that could not be stored is fetched again, as one read already`()
    async throws
  {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      let polling = stage.polling
      _ = await polling.fetchMessages()
      standin.receive("hi", from: Self.person, at: stage.clock.now.milliseconds / 1_000)
      stage.refuse(true)
      #expect(await polling.fetchMessages() == .failed)
      stage.refuse(false)
      #expect(await polling.fetchMessages() == .done)
      #expect(stage.accepted.count == 1)
    }
  }

  @Test func `an answer that was lost is asked for again`() async throws {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      let polling = stage.polling
      _ = await polling.fetchMessages()
      standin.receive("hi", from: Self.person, at: stage.clock.now.milliseconds / 1_000)
      standin.script(.closeAfter, method: "sms/receive")
      #expect(await polling.fetchMessages() == .failed)
      #expect(await polling.fetchMessages() == .done)
      #expect(stage.accepted.count == 1)
    }
  }

  @Test func `after a start only what was read lately is taken again`() async throws {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      let now = stage.clock.now.milliseconds / 1_000
      let old = standin.receive("old", from: Self.person, at: now - 90_000)
      let new = standin.receive("new", from: Self.person, at: now - 60)
      _ = await stage.polling.fetchMessages()
      #expect(stage.accepted.map(\.key) == ["kavenegar/\(old)", "kavenegar/\(new)"])
      // Another process: what was marked as read by the last one.
      _ = await stage.polling.fetchMessages()
      #expect(stage.accepted.map(\.key).last == "kavenegar/\(new)")
      #expect(stage.accepted.count == 3)
    }
  }

  @Test func `a full page is followed by the next at once`() async throws {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      for number in 0..<150 {
        standin.receive("\(number)", from: Self.person, at: stage.clock.now.milliseconds / 1_000)
      }
      let polling = stage.polling
      #expect(await polling.fetchMessages() == .hasMore)
      #expect(await polling.fetchMessages() == .done)
      #expect(Set(stage.accepted.map(\.key)).count == 150)
    }
  }

  @Test func `a message is asked for until its end is known, less and less often`() async throws {
    try await KavenegarStandin.with { standin in
      let talk = try SMSTalk(kavenegar: standin, saying: Reply("Hi"))
      _ = try await talk.deliver()
      let id = try #require(standin.messages.first?.id)
      let stage = try PollingStage(standin)
      try await stage.send(ids: [id])
      let polling = stage.polling
      #expect(await polling.fetchStatuses() == .done)
      #expect(standin.calls.all.count { $0.method == "sms/status" } == 0)
      stage.clock.advance(milliseconds: 60_000)
      standin.setStatus(4, of: id)
      _ = await polling.fetchStatuses()
      _ = await polling.fetchStatuses()
      #expect(stage.reports.map(\.state) == [.sent])
      stage.clock.advance(milliseconds: 60_000)
      standin.setStatus(10, of: id)
      _ = await polling.fetchStatuses()
      stage.clock.advance(milliseconds: 86_400_000)
      _ = await polling.fetchStatuses()
      #expect(stage.reports.map(\.state) == [.sent, .delivered])
      #expect(standin.calls.all.count { $0.method == "sms/status" } == 2)
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a status that could not be stored is asked for again`() async throws {
    try await KavenegarStandin.with { standin in
      let stage = try PollingStage(standin)
      try await stage.send(ids: [77])
      standin.script(
        .answer(
          status: 200,
          [
            "return": ["status": 200, "message": ""], "entries": [["messageid": 77, "status": 10]],
          ]),
        method: "sms/status", times: 2)
      stage.clock.advance(milliseconds: 60_000)
      stage.refuse(true)
      #expect(await stage.polling.fetchStatuses() == .failed)
      stage.refuse(false)
      #expect(await stage.polling.fetchStatuses() == .done)
      #expect(stage.reports.map(\.state) == [.delivered])
    }
  }
}
