import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Testing
import Transport

/// Files that go out, and the button that tells a place.
struct TelegramFileTests {
  private static let image = OutgoingMedia(
    kind: .image, mediaType: "image/png", fileName: "a \"map\".png", bytes: [1, 2, 3, 13, 10])

  private static func media(_ kind: OutgoingMedia.Kind) -> OutgoingMedia {
    OutgoingMedia(kind: kind, mediaType: "audio/ogg", fileName: "hello.ogg", bytes: [9, 8, 7])
  }

  @Test(arguments: [
    (OutgoingMedia.Kind.image, "sendPhoto", "photo"), (.voice, "sendVoice", "voice"),
    (.document, "sendDocument", "document"),
  ])
  func `a file is uploaded with its words under it`(
    kind: OutgoingMedia.Kind, method: String, field: String
  ) async throws {
    try await BotAPIStandin.with { standin in
      let reply = Reply("**Look** <here>", media: Self.media(kind))
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: reply)
      #expect(try await talk.deliver() == [.accepted(providerID: "1")])
      let call = try #require(standin.calls.first)
      #expect(standin.calls.count == 1)
      #expect(call.method == method)
      #expect(call.files[field]?.bytes == [9, 8, 7])
      #expect(call.files[field]?.fileName == "hello.ogg")
      #expect(call.files[field]?.contentType == "audio/ogg")
      #expect(call.parameters["caption"] == "<b>Look</b> &lt;here&gt;")
      #expect(call.parameters["parse_mode"] == "HTML")
      #expect(standin.violations.isEmpty)
    }
  }

  @Test(arguments: [
    Reply(String(repeating: "word ", count: 300), media: image),
    Reply("Well?", choices: [Choice("yes", "Yes")], media: image),
  ])
  func `long words and buttons come in a message after it`(_ reply: Reply) async throws {
    try await BotAPIStandin.with { standin in
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: reply)
      #expect(try await talk.deliver().count == 2)
      #expect(standin.calls.map(\.method) == ["sendPhoto", "sendMessage"])
      #expect(standin.calls.first?.parameters["caption"] == nil)
      #expect(
        standin.calls.last?.parameters["reply_markup"]?["inline_keyboard"]?.items.count
          == (reply.choices.isEmpty ? nil : 1))
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `the same file goes to the next person by its id`() async throws {
    try await BotAPIStandin.with { standin in
      let port = TestTelegram.port(standin.url)
      for chat: Int64 in [501, 502] {
        _ = try await TelegramTalk(port, saying: Reply("Look", media: Self.image), chat: chat)
          .deliver()
      }
      #expect(standin.calls.map(\.files.count) == [1, 0])
      #expect(standin.calls.last?.parameters["photo"] == "sent-1")
      #expect(standin.calls.last?.parameters["caption"] == "Look")
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a file that Telegram has lost is uploaded again`() async throws {
    try await BotAPIStandin.with { standin in
      let port = TestTelegram.port(standin.url)
      let reply = Reply("Look", media: Self.image)
      _ = try await TelegramTalk(port, saying: reply, chat: 501).deliver()
      standin.forgetSentFiles()
      let outcomes = try await TelegramTalk(port, saying: reply, chat: 502).deliver()
      #expect(outcomes == [.accepted(providerID: "2")])
      #expect(standin.calls.map(\.files.count) == [1, 0, 1])
    }
  }

  @Test func `who takes no voice messages gets the file as a document`() async throws {
    try await BotAPIStandin.with { standin in
      standin.script(.badRequest("VOICE_MESSAGES_FORBIDDEN"), method: "sendVoice")
      let reply = Reply("Listen", media: Self.media(.voice))
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: reply)
      #expect(try await talk.deliver() == [.accepted(providerID: "1")])
      #expect(standin.calls.map(\.method) == ["sendVoice", "sendDocument"])
      #expect(standin.calls.last?.files["document"]?.bytes == [9, 8, 7])
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `a file that was held back goes out later`() async throws {
    try await BotAPIStandin.with { standin in
      standin.script(.tooManyRequests(retryAfterSeconds: 3), method: "sendPhoto")
      let talk = try TelegramTalk(
        TestTelegram.port(standin.url), saying: Reply("Look", media: Self.image))
      #expect(try await talk.deliver() == [.holdChat(delayMs: 3_000)])
      talk.rehearsal.advance(milliseconds: 3_000)
      #expect(try await talk.deliver() == [.accepted(providerID: "1")])
      #expect(standin.calls.last?.files["photo"]?.bytes == Self.image.bytes)
    }
  }

  @Test func `a place is asked for by a button that is taken away afterwards`() async throws {
    try await BotAPIStandin.with { standin in
      let reply = Reply(
        "Where are you?", choices: [Choice("far", "Far away")], asksForLocation: true)
      let talk = try TelegramTalk(TestTelegram.port(standin.url), saying: reply)
      _ = try await talk.deliver()
      #expect(
        standin.calls.last?.parameters["reply_markup"] == [
          "keyboard": [
            [["text": "📍 Here", "request_location": true]], [["text": "Far away"]],
          ], "one_time_keyboard": true, "resize_keyboard": true,
        ])
      try talk.rehearsal.say("Far away")
      #expect(try await talk.deliver().count == 1)
      #expect(standin.calls.last?.text == "Thank you")
      #expect(standin.calls.last?.parameters["reply_markup"] == ["remove_keyboard": true])
      try talk.rehearsal.say("and on")
      _ = try await talk.deliver()
      #expect(standin.calls.last?.parameters["reply_markup"] == nil)
      #expect(standin.violations.isEmpty)
    }
  }
}
