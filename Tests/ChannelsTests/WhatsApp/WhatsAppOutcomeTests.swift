import Channels
import Conversation
import Foundation
import Logging
import Rehearsal
import Standins
import Testing

struct WhatsAppOutcomeTests {
  @Test(arguments: [
    (401, 190, SendOutcome.holdChannel(delayMs: 60_000)),
    (400, 0, .holdChannel(delayMs: 60_000)), (403, 10, .holdChannel(delayMs: 60_000)),
    (403, 200, .holdChannel(delayMs: 60_000)), (403, 368, .holdChannel(delayMs: 60_000)),
    (400, 4, .holdChannel(delayMs: 60_000)), (400, 80_007, .holdChannel(delayMs: 60_000)),
    (429, 130_429, .holdChannel(delayMs: 2_000)), (400, 131_056, .holdChat(delayMs: 6_000)),
    (400, 131_047, .windowClosed(reason: "131047 more than 24 hours since the person wrote")),
    (400, 131_026, .unreachablePerson(reason: "131026 undeliverable")),
    (400, 131_049, .refused(reason: "131049 held back for the person's sake")),
    (400, 132_000, .refused(reason: "132000 the template cannot be used")),
    (400, 131_009, .refused(reason: "131009 a parameter is wrong")),
    (500, 131_000, .failed(reason: "131000")), (503, 2, .failed(reason: "2")),
    (400, 999_999, .refused(reason: "999999")), (503, 999_999, .failed(reason: "999999")),
    (429, 999_999, .holdChannel(delayMs: 5_000)),
  ])
  func `a refusal tells what to do by its code, and nothing of what was said`(
    _ status: Int, _ code: Int, _ expected: SendOutcome
  ) async throws {
    try await WhatsAppAPIStandin.with { standin in
      standin.script(.refuse(status: status, code: code))
      let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: Reply("Maryam"))
      #expect(try await talk.deliver().first == expected)
    }
  }

  @Test func `how long to wait is obeyed, within reason`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let expected = ["3": Int64(3_000), "9223372036854775807": 86_400_000, "-5": 1_000]
      for (seconds, delayMs) in expected {
        standin.script(
          .refuse(status: 429, code: 130_429, headers: ["Retry-After": seconds]))
        let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: Reply("Hi"))
        #expect(try await talk.deliver() == [.holdChannel(delayMs: delayMs)])
      }
    }
  }

  @Test func `every code of the sheet has a meaning here`() throws {
    guard let shared = Project.shared else { return }
    let sheet = try JSONValue(
      parsing: Array(
        Data(contentsOf: shared.appending(path: "specs/whatsapp.error-codes.json"))))
    // Those of sending; calls, groups and user names are not used.
    let groups = ["AuthorizationError", "IntegrityError", "SendMessageError", "ThrottlingError"]
    let codes = (sheet["errors"]?.items ?? []).filter {
      groups.contains($0["group"]?.string ?? "")
    }
    #expect(codes.count > 40)
    for code in codes.compactMap({ $0["code"]?.integer }) {
      let status = WhatsAppSample.status("failed", code: code)
      let state = try WhatsAppSample.decode(
        WhatsAppSample.value(statuses: [status])
      ).reports.first?.state
      guard case .failed(_, let reason) = state else {
        Issue.record("\(code) is not read")
        continue
      }
      #expect(reason.hasPrefix("\(code)"))
    }
  }

  @Test func `an answer that never came leaves it open, a call that never left does not`()
    async throws
  {
    try await WhatsAppAPIStandin.with { standin in
      for fault in [WhatsAppFault.closeBefore, .closeAfter, .garbage] {
        standin.script(fault)
        let talk = try WhatsAppTalk(TestWhatsApp.port(standin.url), saying: Reply("Hi"))
        guard case .unknown = try await talk.deliver().first else {
          Issue.record("\(fault) was not unknown")
          continue
        }
      }
    }
    // Port 1 of this machine has no listener.
    let talk = try WhatsAppTalk(TestWhatsApp.port("http://127.0.0.1:1"), saying: Reply("Hi"))
    guard case .failed(let reason) = try await talk.deliver().first else {
      Issue.record("not failed")
      return
    }
    #expect(!reason.contains(WhatsAppAPIStandin.accessToken))
  }

  @Test func `a token that is not accepted is said aloud, and never shown`() async throws {
    let memory = LogMemory()
    try await WhatsAppAPIStandin.with { standin in
      standin.script(.badToken)
      let port = TestWhatsApp.port(standin.url, logger: memory.logger)
      _ = try await WhatsAppTalk(port, saying: Reply("Hi")).deliver()
    }
    #expect(memory.lines.contains { $0.hasPrefix("error") && $0.contains("190") })
    #expect(!memory.lines.contains { $0.contains(WhatsAppAPIStandin.accessToken) })
    #expect(!memory.lines.contains { $0.contains("Maryam") })
  }
}
