import Conversation
import Rehearsal
import Server
import Standins
import Storage
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct SMSDoorTests {
  @Test func `a message by Twilio is taken with empty TwiML and answered by its interface`()
    async throws
  {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      let taken = try await stage.text("hello", sid: "SM1")
      #expect(taken.status == 200)
      #expect(taken.headers["Content-Type"]?.hasPrefix("text/xml") == true)
      #expect(taken.text.hasSuffix("<Response></Response>"))
      let answer = try await stage.twilio.calls.wait { $0.operation == "POST Messages" }
      #expect(answer.form["To"] == SMSStage.american)
      #expect(stage.twilio.violations.isEmpty)
      #expect(stage.kavenegar.messages.isEmpty)
    }
  }

  @Test func `a message by Kavenegar is taken and answered by Kavenegar, pushed or fetched`()
    async throws
  {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      let id = stage.kavenegar.receive(
        "سلام", from: "09123456789", at: TimeSource.machine.now().milliseconds / 1_000)
      let pushed = try await stage.push(
        "messageid=\(id)&from=09123456789&to=10004346&message=%D8%B3%D9%84%D8%A7%D9%85")
      #expect(pushed.status == 200)
      let answer = try await stage.kavenegar.calls.wait { $0.method == "sms/send" }
      #expect(answer.form["receptor"] == "09123456789")
      try await stage.kavenegar.calls.wait { $0.method == "sms/receive" }
      #expect(try await stage.logCount() == 1)
      #expect(stage.kavenegar.violations.isEmpty)
      #expect(stage.twilio.messages.isEmpty)
    }
  }

  @Test func `a repeat gets the answer of the first and changes nothing`() async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      for _ in 0..<3 { #expect(try await stage.text("hello", sid: "SM1").status == 200) }
      let form = "messageid=7&from=09123456789&to=1&message=hi"
      for _ in 0..<3 { #expect(try await stage.push(form).status == 200) }
      #expect(try await stage.logCount() == 2)
    }
  }

  @Test func `a post that Twilio has not signed is refused and leaves nothing`() async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      let form = TwilioStandin.inbound("hello", from: SMSStage.american, sid: "SM1")
      let url = SMSStage.publicURL + SMSStage.twilioPath
      let good = TwilioStandin.signature(url, form)
      for bad in ["", "x", String(good.dropLast()), String(good.reversed()), good + "="] {
        #expect(try await stage.post(form, signature: bad).status == 401)
      }
      let other = TwilioStandin.inbound("hello!", from: SMSStage.american, sid: "SM1")
      #expect(try await stage.post(other, signature: good).status == 401)
      let elsewhere = TwilioStandin.signature("http://127.0.0.1" + SMSStage.twilioPath, form)
      #expect(try await stage.post(form, signature: elsewhere).status == 401)
      let unsigned = try await stage.running.post(
        SMSStage.twilioPath, "Body=hi",
        headers: ["Content-Type": "application/x-www-form-urlencoded"])
      #expect(unsigned.status == 401)
      #expect(try unsigned.json()["error"]?["code"]?.string == "unauthorised")
      #expect(try await stage.logCount() == 0)
      #expect(try await stage.post(form).status == 200)
    }
  }

  @Test(arguments: ["", ":443"])
  func `the query is signed as it came, with the scheme's port or without`(
    _ port: String
  ) async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      let form = TwilioStandin.inbound("hello", from: SMSStage.american, sid: "SM1")
      let url = "https://tutor.example\(port)\(SMSStage.twilioPath)?a=%41&b=c+d"
      #expect(try await stage.post(form, url: url).status == 200)
    }
  }

  @Test func `without a public address a trusted proxy says how Twilio has asked`() async throws {
    let home = try TemporaryHome()
    for (trusted, status) in [("127.0.0.1", 200), ("192.0.2.1", 401)] {
      try await SMSStage.with(
        home: home, settings: ["PARLANCE_TRUSTED_PROXIES": trusted], isPublic: false
      ) { stage in
        let form = [("MessageSid", "SM1"), ("From", SMSStage.american), ("Body", "hi")].map {
          FormPair(name: $0.0, value: $0.1)
        }
        let url = "https://chat.example" + SMSStage.twilioPath
        let answer = try await stage.running.post(
          SMSStage.twilioPath, "MessageSid=SM1&From=%2B15005550001&Body=hi",
          headers: [
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-Proto": "https", "X-Forwarded-Host": "chat.example",
            "X-Twilio-Signature": TwilioStandin.signature(url, form),
          ])
        #expect(answer.status == status)
      }
    }
  }

  @Test func `a wrong secret is refused before anything is read`() async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      for secret in [nil, "", "wrong", SMSStage.secret + "x"] {
        #expect(try await stage.push("%%%", secret: secret).status == 401)
      }
      #expect(try await stage.logCount() == 0)
    }
  }

  @Test func `each kind of bad body has its status`() async throws {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      #expect(try await stage.push("messageid=%zz").status == 400)
      #expect(try await stage.push("messageid=1&messageid=2&status=4").status == 400)
      #expect(try await stage.push("hello=world").status == 422)
      #expect(try await stage.push("a=" + String(repeating: "x", count: 70_000)).status == 413)
      let json = try await stage.running.post(
        "/gateway/webhook/sms/kavenegar?secret=\(SMSStage.secret)", "{}")
      #expect(json.status == 415)
      #expect(try await stage.post([FormPair(name: "Hello", value: "")]).status == 422)
      #expect(try await stage.running.get(SMSStage.twilioPath).status == 405)
      #expect(try await stage.logCount() == 0)
    }
  }

  @Test func `doors of providers that are not set up are shut`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      for path in [SMSStage.twilioPath, "/gateway/webhook/sms/kavenegar?secret=x"] {
        let refused = try await running.post(
          path, "a=b", headers: ["Content-Type": "application/x-www-form-urlencoded"])
        #expect(refused.status == 403)
      }
    }
  }

  @Test func `a status by callback is taken, also one that comes before the answer to its call`()
    async throws
  {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      stage.twilio.callBackFirst("delivered", to: stage.running.url)
      #expect(try await stage.text("hello", sid: "SM1").status == 200)
      let call = try await stage.twilio.calls.wait { $0.operation == "POST Messages" }
      #expect(call.isAnswered)
      #expect(stage.twilio.callbackStatuses == [204])
      let sent = try #require(stage.twilio.messages.first)
      let url = try #require(sent.statusCallback)
      for status in ["sent", "queued", "brand_new"] {
        #expect(
          try await stage.post(TwilioStandin.status(status, of: sent), url: url).status == 204)
      }
      #expect(stage.twilio.violations.isEmpty)
    }
  }

  @Test func `without credit health is degraded and a metric says so, until it goes on`()
    async throws
  {
    let home = try TemporaryHome()
    try await SMSStage.with(home: home) { stage async throws in
      stage.kavenegar.script(.kavenegar(418))
      #expect(
        try await stage.push("messageid=1&from=09123456789&to=1&message=hi").status == 200)
      try await stage.kavenegar.calls.wait { $0.method == "sms/send" }
      // The outcome is written down after the answer has come.
      var health = try await stage.running.get("/health").json()
      for _ in 0..<200 where health["data"]?["status"]?.string == "ok" {
        health = try await stage.running.get("/health").json()
      }
      #expect(health["data"]?["status"]?.string == "degraded")
      #expect(health["data"]?["dependencies"]?["sms"]?.string == "down")
    }
  }
}
