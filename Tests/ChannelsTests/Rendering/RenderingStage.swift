import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Synchronization

/// What goes over the wire of each channel, or is seen on its screen, for one reply.
enum RenderingStage {
  static func sent(
    _ kind: ReplyKind, on channel: Channel, in language: LanguageCode
  ) async throws -> [JSONValue] {
    let reply = kind.reply(in: language)
    switch channel {
    case .telegram: return try await telegram(reply, language)
    case .whatsapp: return try await whatsApp(reply, kind, language)
    case .sms: return try await sms(reply, language)
    case .webchat: return try webChat(reply, language)
    case .terminal: return try await terminal(reply, language)
    }
  }

  private static func telegram(
    _ reply: Reply, _ language: LanguageCode
  ) async throws -> [JSONValue] {
    try await BotAPIStandin.with { standin in
      let talk = try TelegramTalk(
        TestTelegram.port(standin.url), saying: reply, language: language.text)
      _ = try await talk.deliver()
      guard standin.violations.isEmpty else { throw Violations(all: "\(standin.violations)") }
      return standin.calls.map { .object($0.parameters) }
    }
  }

  private static func whatsApp(
    _ reply: Reply, _ kind: ReplyKind, _ language: LanguageCode
  ) async throws -> [JSONValue] {
    let templates = try TemplateCatalogue(
      yaml: Project.text("Prompts/templates.yaml"), file: "templates.yaml")
    let reader = Person(id: ID("p"), name: "Sara", language: language, timeZone: nil)
    return try await WhatsAppAPIStandin.with { standin in
      let talk = try WhatsAppTalk(
        TestWhatsApp.port(standin.url), saying: reply, language: language.text)
      _ = try await talk.deliver { call in
        guard kind == .template else { return }
        call.template = templates["reply_to_open"]?.filled(for: reader)?.call
      }
      guard standin.violations.isEmpty else { throw Violations(all: "\(standin.violations)") }
      return standin.calls(.message).map(\.body)
    }
  }

  private static func sms(_ reply: Reply, _ language: LanguageCode) async throws -> [JSONValue] {
    try await TwilioStandin.with { standin in
      let talk = try SMSTalk(
        twilio: standin, saying: reply, language: language.text, number: SMSTalk.american)
      _ = try await talk.deliver()
      guard standin.violations.isEmpty else { throw Violations(all: "\(standin.violations)") }
      return standin.calls.all.map { call in
        let body = call.form["Body"] ?? ""
        let segments = SMSSegments(body)
        return [
          "Body": .string(body), "To": .string(call.form["To"] ?? ""),
          "cost": .string("\(segments.count) × \(segments.encoding.rawValue)"),
        ]
      }
    }
  }

  private static func webChat(_ reply: Reply, _ language: LanguageCode) throws -> [JSONValue] {
    let chat = "chat-aaaaaaaaaaaaaaaa"
    let rehearsal = try Rehearsal(
      engine: TestEngine.make(saying: reply, [.webchat: WebChat.capabilities]),
      migrations: ConversationSchema.migrations, channel: .webchat, chat: chat)
    try rehearsal.say("hello", languageHint: language.text)
    let json = try rehearsal.database.readBlocking {
      try WebChatView.messages(chatID: chat, in: $0)
    }
    let messages = try JSONValue(parsing: Array(json.utf8))["messages"]?.items ?? []
    return messages.filter { $0["from"] == "bot" }
  }

  private static func terminal(
    _ reply: Reply, _ language: LanguageCode
  ) async throws -> [JSONValue] {
    let database = try Database(.memory)
    try database.migrate(ConversationSchema.migrations)
    let engine = try TestEngine.make(saying: reply, [.terminal: TerminalChat.capabilities])
    let screen = Screen()
    let chat = TerminalChat(
      keyPrefix: "golden", languageHint: language.text,
      accept: { inbound in
        _ = try await database.write { try engine.receive(inbound, at: Rehearsal.start, in: $0) }
      },
      fetch: { position in
        try await database.read {
          try ChatHistory.messages(
            channel: .terminal, chatID: TerminalChat.chatID, after: position, in: $0)
        }
      }, write: screen.write)
    let (events, signal) = AsyncStream<TerminalChat.Event>.makeStream()
    signal.yield(.line("hello"))
    signal.finish()
    try await chat.run(events)
    return screen.texts.map { .object(["screen": .string($0)]) }
  }

  struct Violations: Error {
    let all: String
  }

  private final class Screen: Sendable {
    private let kept = Mutex<[String]>([])
    var texts: [String] { kept.withLock { $0 } }
    @Sendable func write(_ text: String) { kept.withLock { $0.append(text) } }
  }
}
