import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct SMSBulkDoorTests {
  private static let path = "/api/v1/sms/bulk"

  private func order(
    _ id: String, _ numbers: [String], purpose: String = "service"
  ) -> String {
    let receptors = numbers.map { "\"\($0)\"" }.joined(separator: ",")
    return
      "{\"id\":\"\(id)\",\"purpose\":\"\(purpose)\",\"text\":\"Hi\",\"receptors\":[\(receptors)]}"
  }

  private func post(
    _ stage: SMSStage, _ body: String, key: String = RunningProgram.operatorKey
  ) async throws -> HTTPResponse {
    try await stage.running.post(
      Self.path, body,
      headers: ["Content-Type": "application/json", "X-Internal-Api-Key": key])
  }

  @Test func `an order is taken, worked off, and told number by number`() async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      let numbers = (0..<250).map { "0912\(1_000_000 + $0)" } + ["+15005550009", "x"]
      let taken = try await post(stage, order("summer", numbers))
      #expect(taken.status == 202)
      #expect(try taken.json()["data"]?["receptors"]?.items.count == 252)
      try await stage.kavenegar.calls.wait(2) { $0.method == "sms/sendarray" }
      try await stage.twilio.calls.wait { $0.operation == "POST Messages" }
      #expect(stage.kavenegar.messages.count == 250)
      #expect(try await post(stage, order("summer", numbers)).status == 200)
      let told = try await stage.running.get(
        Self.path + "/summer", headers: ["X-Internal-Api-Key": RunningProgram.operatorKey])
      let states = try told.json()["data"]?["receptors"]?.items.compactMap { $0["state"]?.string }
      #expect(states?.last == "refused")
      let advertised = try await post(
        stage, order("advert", ["09121000000"], purpose: "marketing"))
      #expect(advertised.text.contains("nobody at this number has agreed to marketing"))
      #expect(stage.kavenegar.violations.isEmpty)
      #expect(stage.twilio.violations.isEmpty)
    }
  }

  @Test func `orders are for operators`() async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      let posted = try await post(stage, order("a", ["09123456789"]), key: "wrong")
      #expect(posted.status == 401)
      let asked = try await stage.running.get(Self.path + "/a")
      #expect(asked.status == 401)
    }
  }

  @Test func `too many numbers and an eleventh order in an hour are refused clearly`()
    async throws
  {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      let many = try await post(stage, order("a", (0...500).map { "0912\(1_000_000 + $0)" }))
      #expect(many.status == 422)
      #expect(many.text.contains("more than 500 receptors"))
      for number in 1...10 {
        #expect(try await post(stage, order("b\(number)", ["09123456789"])).status == 202)
      }
      let eleventh = try await post(stage, order("b11", ["09123456789"]))
      #expect(eleventh.status == 429)
      let seconds = try #require(eleventh.headers["Retry-After"].flatMap { Int($0) })
      #expect(seconds > 3_500)
      let unfounded = try await post(stage, order("c", ["09123456789"], purpose: "model"))
      #expect(unfounded.status == 422)
      #expect(unfounded.text.contains("service, reminders or marketing"))
      let unnamed = "{\"id\":\"d\",\"text\":\"Hi\",\"receptors\":[\"09123456789\"]}"
      #expect(try await post(stage, unnamed).status == 422)
      #expect(try await post(stage, "{}").status == 422)
      #expect(try await post(stage, "{").status == 400)
    }
  }
}
