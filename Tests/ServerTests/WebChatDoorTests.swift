import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct WebChatDoorTests {
  static let chat = "visitor_0123456789-abcdef"
  static let doors = "/gateway/webchat/\(chat)"

  @Test func `a visitor writes, is answered, and finds it all again`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let sent = try await running.post(Self.doors + "/send", #"{"id":"1","text":"hello"}"#)
      #expect(sent.status == 200)
      let repeated = try await running.post(Self.doors + "/send", #"{"id":"1","text":"hello"}"#)
      #expect(repeated.status == 200)
    }
    try await RunningProgram.with(home: home) { running in
      let messages = try await running.get(Self.doors + "/messages").json()["messages"]?.items
      #expect(messages?.first?["from"]?.string == "person")
      #expect(messages?.first?["clientId"]?.string == "1")
      #expect(messages?.filter { $0["from"]?.string == "person" }.count == 1)
      #expect(messages?.contains { $0["from"]?.string == "bot" } == true)
      let last = try #require(messages?.last?["id"]?.string)
      let later = try await running.get(Self.doors + "/messages?after=\(last)").json()
      #expect(later["messages"]?.items.isEmpty == true)
    }
  }

  @Test(arguments: [
    (#"{"id":"1","#, 400), (#"{"text":"hi"}"#, 422), (#"{"id":"1"}"#, 422),
    (#"{"id":"1","text":"   "}"#, 422), (#"{"id":"1","text":"a","choice":"b"}"#, 422),
    (#"{"id":"not allowed","text":"a"}"#, 422), ("[]", 422), (#"{"id":1,"text":"a"}"#, 422),
  ])
  func `a body that is not a message is refused by its status`(body: String, status: Int)
    async throws
  {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      #expect(try await running.post(Self.doors + "/send", body).status == status)
      let messages = try await running.get(Self.doors + "/messages").json()["messages"]
      #expect(messages?.items.isEmpty == true)
    }
  }

  @Test func `too much, the wrong type and a short id are refused`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let long = String(repeating: "a", count: 70_000)
      let big = try await running.post(Self.doors + "/send", #"{"id":"1","text":"\#(long)"}"#)
      #expect(big.status == 413)
      let form = try await running.post(
        Self.doors + "/send", "id=1",
        headers: ["Content-Type": "application/x-www-form-urlencoded"])
      #expect(form.status == 415)
      let short = try await running.post(
        "/gateway/webchat/short/send", #"{"id":"1","text":"a"}"#)
      #expect(short.status == 422)
      #expect(try await running.get("/nowhere").json()["error"]?["code"]?.string == "not_found")
    }
  }

  @Test func `a visitor in a hurry is asked to wait`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      var statuses: Set<Int> = []
      for number in 0..<120 {
        let answer = try await running.post(
          Self.doors + "/send", #"{"id":"\#(number)","text":"a"}"#)
        statuses.insert(answer.status)
      }
      #expect(statuses.isSubset(of: [200, 429]))
      #expect(statuses.contains(429))
    }
  }

  @Test func `the pages carry a strict policy`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      for path in ["/", "/chat.css", "/chat.js", "/chat-view.js", "/widget.js"] {
        let page = try await running.get(path)
        #expect(page.status == 200)
        #expect(page.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
        #expect(page.headers["X-Content-Type-Options"] == "nosniff")
      }
    }
  }
}
