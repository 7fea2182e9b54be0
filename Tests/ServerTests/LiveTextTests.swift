import Conversation
import Server
import Standins
import Storage
import Testing
import Transport

/// Answers that are shown while they are written, and files that jobs ask for.
@Suite(.timeLimit(.minutes(1)))
struct LiveTextTests {
  private static let chat = "visitor_0123456789-abcdef"
  private static let doors = "/gateway/webchat/\(chat)"

  private static func conversation(
    _ running: RunningProgram, _ more: SQL = "1 = 1"
  ) async throws -> ID<ConversationRecord> {
    let row = try await running.program.database.read {
      try $0.first("SELECT id FROM conversations WHERE \(sql: more)")
    }
    return try #require(row).value("id")
  }

  /// The stream of a page up to the first event that holds `text`.
  private static func events(
    _ running: RunningProgram, until text: String,
    _ body: @Sendable @escaping () async throws -> Void
  ) async throws -> String {
    let stream = try await running.client.stream(
      HTTPRequest(
        url: running.url + doors + "/stream", timeouts: .init(totalMs: 20_000)))
    var seen = ""
    var hasBegun = false
    for try await chunk in stream {
      seen += String(decoding: chunk, as: UTF8.self)
      // Once the page has what was said before, it listens.
      if !hasBegun, seen.contains("event: message") {
        hasBegun = true
        try await body()
      }
      if seen.contains(text) { break }
    }
    return seen
  }

  @Test func `a page sees an answer grow, and nothing while staff talks`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      _ = try await running.post(Self.doors + "/send", #"{"id":"1","text":"hello"}"#)
      let conversation = try await Self.conversation(running)
      let seen = try await Self.events(running, until: "…end") {
        let service = running.program.service
        let now = service.time.now()
        for (owner, text) in [("staff", "do not say"), ("bot", "**Well** do…end")] {
          _ = try await service.database.write {
            try service.engine.changeOwner(conversation, to: owner, at: now, in: $0)
          }
          await running.program.liveText.show(text, in: conversation)
        }
      }
      #expect(seen.contains("event: draft\ndata: {\"markup\":\"**Well** do"))
      #expect(!seen.contains("do not say"))
    }
  }

  @Test func `a chat on Telegram gets a draft, and the message after it is an ordinary one`()
    async throws
  {
    let home = try TemporaryHome()
    try await BotAPIStandin.with { bot in
      try await RunningProgram.with(home: home, bot: bot) { running in
        _ = try await running.postUpdate(TelegramJourneyTests.update(1, text: "hello"))
        try await bot.call(of: "sendMessage")
        let conversation = try await Self.conversation(running)
        await running.program.liveText.show("_Hm_", in: conversation)
        let draft = try await bot.call(of: "sendMessageDraft")
        #expect(draft.chat == TelegramJourneyTests.chat)
        #expect(draft.text == "<i>Hm</i>")
        #expect(bot.messages(in: TelegramJourneyTests.chat).allSatisfy { $0.text != "Hm" })
        #expect(bot.violations.isEmpty)
      }
    }
  }

  @Test func `a job gets the bytes of what came, whichever channel it came by`() async throws {
    let home = try TemporaryHome()
    let ogg = Array("OggS and more".utf8)
    try await BotAPIStandin.with { bot in
      bot.store(ogg, fileID: "voice-1")
      try await RunningProgram.with(home: home, bot: bot) { running in
        let files = running.program.files
        let voice = Content.Attachment(kind: .voice, fileID: "voice-1")
        #expect(try await files.fetch(voice, on: .telegram) == ogg)
        for (channel, fault) in [
          (Channel.webchat, IncomingFileFault.gone), (.sms, .refused), (.whatsapp, .refused),
          (.terminal, .gone),
        ] {
          await #expect(throws: fault) { try await files.fetch(voice, on: channel) }
        }
        var form = try MultipartForm.withRandomBoundary()
        form.addField("id", "v1")
        form.addFile("file", fileName: "file", contentType: "audio/ogg", bytes: ogg)
        let (contentType, body) = form.encoded()
        let sent = try await running.client.send(
          HTTPRequest(
            method: .post, url: running.url + Self.doors + "/send",
            headers: ["Content-Type": contentType], body: body))
        #expect(sent.status == 200)
        let own = Content.Attachment(kind: .voice, fileID: "\(Self.chat)/v1")
        #expect(try await files.fetch(own, on: .webchat) == ogg)
      }
    }
  }
}
