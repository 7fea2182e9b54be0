import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct BotAPIStandinTests {
  private struct Bot {
    let standin: BotAPIStandin
    let client: HTTPClient

    func request(_ method: String, _ parameters: JSONValue = [:]) throws -> HTTPRequest {
      HTTPRequest(
        method: .post, url: "\(standin.url)/bot\(BotAPIStandin.token)/\(method)",
        headers: ["Content-Type": "application/json"], body: try parameters.encoded())
    }

    func call(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
      try JSONValue(parsing: await client.send(request(method, parameters)).body)
    }
  }

  private func withBot(_ body: (Bot) async throws -> Void) async throws {
    try await BotAPIStandin.with { standin in
      let client = HTTPClient()
      try await body(Bot(standin: standin, client: client))
      await client.shutdown()
    }
  }

  @Test func `messages are numbered, shown and edited`() async throws {
    try await withBot { bot in
      let first = try await bot.call("sendMessage", ["chat_id": 7, "text": "one"])
      _ = try await bot.call("sendMessage", ["chat_id": 8, "text": "elsewhere"])
      let id = try #require(first["result"]?["message_id"])
      let edit: JSONValue = ["chat_id": 7, "message_id": id, "text": "two"]
      #expect(try await bot.call("editMessageText", edit)["ok"] == true)
      #expect(bot.standin.messages(in: 7).map(\.text) == ["two"])
      let again = try await bot.call("editMessageText", edit)
      #expect(again["description"]?.string?.contains("message is not modified") == true)
      #expect(bot.standin.calls.map(\.number) == [1, 2, 3, 4])
      #expect(bot.standin.violations == [])
    }
  }

  @Test func `a wrong token is unauthorised`() async throws {
    try await withBot { bot in
      let response = try await bot.client.send(
        HTTPRequest(url: "\(bot.standin.url)/bot1:wrong/getMe"))
      #expect(response.status == 401)
      #expect(bot.standin.calls.isEmpty)
    }
  }

  @Test func `a long poll ends when an update comes, and confirms what is before its offset`()
    async throws
  {
    try await withBot { bot in
      async let answer = bot.call("getUpdates", ["timeout": 30])
      try await bot.standin.call(of: "getUpdates")
      let id = bot.standin.push(BotAPIUpdate.text("/start", chat: 7))
      #expect(try await answer["result"]?[0]?["update_id"] == .integer(id))
      let again = try await bot.call("getUpdates", ["timeout": 0])
      #expect(again["result"]?.items.count == 1)
      let next = try await bot.call("getUpdates", ["timeout": 0, "offset": .integer(id + 1)])
      #expect(next["result"] == [])
    }
  }

  @Test func `polling conflicts with a webhook and with another poll`() async throws {
    try await withBot { bot in
      async let first = bot.call("getUpdates", ["timeout": 30])
      try await bot.standin.call(of: "getUpdates")
      async let second = bot.call("getUpdates", ["timeout": 30])
      #expect(try await first["error_code"] == 409)
      bot.standin.push(BotAPIUpdate.text("x", chat: 7))
      #expect(try await second["ok"] == true)
      _ = try await bot.call("setWebhook", ["url": "https://example.org/hook"])
      #expect(try await bot.call("getUpdates")["error_code"] == 409)
      #expect(try await bot.call("getWebhookInfo")["result"]?["url"] != "")
      _ = try await bot.call("deleteWebhook", ["drop_pending_updates": true])
      #expect(try await bot.call("getUpdates")["result"] == [])
    }
  }

  @Test func `scripted refusals hit the calls they are meant for`() async throws {
    try await withBot { bot in
      bot.standin.script(.tooManyRequests(retryAfterSeconds: 3), method: "sendMessage", chat: 7)
      let other = try await bot.call("sendMessage", ["chat_id": 8, "text": "x"])
      #expect(other["ok"] == true)
      let limited = try await bot.call("sendMessage", ["chat_id": 7, "text": "x"])
      #expect(limited["error_code"] == 429)
      #expect(limited["parameters"]?["retry_after"] == 3)
      let retried = try await bot.call("sendMessage", ["chat_id": 7, "text": "x"])
      #expect(retried["ok"] == true)
      #expect(bot.standin.calls.map(\.treatment) == [.done, .refused(status: 429), .done])
      #expect(bot.standin.messages(in: 7).count == 1)
    }
  }

  @Test(arguments: [(ScriptedAnswer.closeBefore, 0), (.closeAfter, 1)])
  func `a connection can be lost before and after the work`(
    answer: ScriptedAnswer, messages: Int
  ) async throws {
    try await withBot { bot in
      bot.standin.script(answer, method: "sendMessage")
      let request = try bot.request("sendMessage", ["chat_id": 7, "text": "x"])
      let failure = try await bot.client.failure(of: request)
      #expect(failure == .outcomeUnknown(host: "127.0.0.1", .connectionLost))
      #expect(bot.standin.messages(in: 7).count == messages)
      #expect(bot.standin.calls.count == 1)
    }
  }

  @Test func `a call that hangs goes on when it is released`() async throws {
    try await withBot { bot in
      bot.standin.script(.hang, method: "sendMessage")
      async let answer = bot.call("sendMessage", ["chat_id": 7, "text": "x"])
      let call = try await bot.standin.call(of: "sendMessage")
      #expect(call.treatment == .ignored)
      _ = try await bot.call("getMe")
      #expect(bot.standin.messages(in: 7).isEmpty)
      bot.standin.releaseHung()
      #expect(try await answer["ok"] == true)
      #expect(bot.standin.messages(in: 7).count == 1)
    }
  }

  @Test func `late and garbled answers still do the work`() async throws {
    try await withBot { bot in
      bot.standin.script(.garbage, chat: 7)
      bot.standin.script(.slow(milliseconds: 30), chat: 8)
      let garbled = try await bot.client.send(
        bot.request("sendMessage", ["chat_id": 7, "text": "x"]))
      #expect(throws: (any Error).self) { try JSONValue(parsing: garbled.body) }
      #expect(try await bot.call("sendMessage", ["chat_id": 8, "text": "x"])["ok"] == true)
      #expect(bot.standin.messages(in: 7).count + bot.standin.messages(in: 8).count == 2)
    }
  }

  @Test func `files go up in forms and come down by their path`() async throws {
    try await withBot { bot in
      var form = try MultipartForm.withRandomBoundary()
      form.addField("chat_id", "7")
      form.addField("reply_markup", #"{"inline_keyboard":[[{"text":"A","callback_data":"1"}]]}"#)
      form.addFile("voice", fileName: "a.ogg", contentType: "audio/ogg", bytes: [0, 13, 10, 255])
      let (contentType, body) = form.encoded()
      var request = try bot.request("sendVoice")
      request.headers = ["Content-Type": contentType]
      request.body = body
      #expect(try await bot.client.send(request).status == 200)
      let call = try await bot.standin.call(of: "sendVoice")
      #expect(call.files["voice"]?.bytes == [0, 13, 10, 255])
      #expect(bot.standin.violations == [])
      bot.standin.store([1, 2, 3], fileID: "voice-1")
      let file = try await bot.call("getFile", ["file_id": "voice-1"])
      let path = try #require(file["result"]?["file_path"]?.string)
      let download = try await bot.client.send(
        HTTPRequest(url: "\(bot.standin.url)/file/bot\(BotAPIStandin.token)/\(path)"))
      #expect(download.body == [1, 2, 3])
    }
  }

  @Test func `waiting for a call that does not come says what came instead`() async throws {
    try await withBot { bot in
      _ = try await bot.call("getMe")
      let error = await #expect(throws: BotAPIStandin.NoSuchCall.self) {
        try await bot.standin.call(of: "sendMessage", withinMs: 30)
      }
      #expect(error?.description.contains("getMe ×1") == true)
    }
  }

  @Test func `an update is delivered to the webhook with its secret`() async throws {
    let (requests, arrival) = AsyncStream<String>.makeStream()
    let server = try FaultyServer { connection in
      guard let request = connection.readRequest() else { return }
      arrival.yield(request)
      connection.answer()
    }
    defer { server.stop() }
    try await withBot { bot in
      let hook: JSONValue = ["url": .string("\(server.url)/hook"), "secret_token": "s3cret"]
      _ = try await bot.call("setWebhook", hook)
      let update = BotAPIUpdate.text("hi", chat: 7)
      #expect(try await bot.standin.deliver(update, over: bot.client) == 200)
      var arrivals = requests.makeAsyncIterator()
      let request = try #require(await arrivals.next())
      #expect(request.contains("X-Telegram-Bot-Api-Secret-Token: s3cret\r\n"))
      #expect(request.contains(#""update_id":1001"#))
    }
  }
}
