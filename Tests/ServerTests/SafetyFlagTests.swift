import Rehearsal
import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct SafetyFlagTests {
  private static let chat = "visitor-0123456789-abcdef"
  private static let path = "/api/v1/safety-flags"

  @Test func `staff see who may need a person, and no word of what was said`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      for (number, text) in ["hello", "/check", "أريد أن أموت"].enumerated() {
        let sent = try await running.post(
          "/gateway/webchat/\(Self.chat)/send", "{\"id\":\"m\(number)\",\"text\":\"\(text)\"}")
        #expect(sent.status == 200)
      }
      let messages = try await running.get("/gateway/webchat/\(Self.chat)/messages").text
      #expect(messages.contains("social emergency"))
      #expect(try await running.get(Self.path).status == 401)
      let told = try await running.get(
        Self.path, headers: ["X-Internal-Api-Key": RunningProgram.operatorKey])
      let flags = try told.json()["data"]?["flags"]?.items ?? []
      #expect(flags.count == 1)
      #expect(flags.first?["kind"]?.string == "selfHarm")
      #expect(flags.first?["address"]?.string == Self.chat)
      #expect(!told.text.contains("أموت"))
    }
  }
}
