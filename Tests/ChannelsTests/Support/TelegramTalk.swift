import Channels
import Conversation
import Logging
import Rehearsal
import Standins
import Storage
import Transport

/// A person on Telegram: real turns, whose deliveries go through the port to a stand-in.
final class TelegramTalk {
  static let chat: Int64 = 5_512_098_346

  let rehearsal: Rehearsal
  private let port: ChannelPort
  private let outbox = Outbox(channel: .telegram)

  init(
    _ port: ChannelPort, saying reply: Reply, language: String = "en", chat: Int64 = chat
  ) throws {
    self.port = port
    let engine = try TestEngine.make(saying: reply, [.telegram: port.capabilities])
    rehearsal = try Rehearsal(
      engine: engine, migrations: ConversationSchema.migrations, channel: .telegram,
      chat: String(chat))
    try rehearsal.say("hello", languageHint: language)
  }

  /// Sends everything that waits and tells how each call ended.
  func deliver() async throws -> [SendOutcome] {
    var outcomes: [SendOutcome] = []
    while let call = try claim() {
      let outcome = await port.send(call)
      outcomes.append(outcome)
      var random = RandomSource(seed: 1)
      try rehearsal.database.writeBlocking {
        try outbox.settle(
          call, outcome, spacingMs: 0, at: rehearsal.now, random: &random, in: $0)
      }
    }
    return outcomes
  }

  private func claim() throws -> OutgoingCall? {
    try rehearsal.database.writeBlocking {
      try outbox.claim(at: rehearsal.now, limit: 1, in: $0).first
    }
  }
}

enum TestTelegram {
  static func client(_ baseURL: String, _ client: HTTPClient = HTTPClient()) -> TelegramClient {
    TelegramClient(
      token: TelegramToken(BotAPIStandin.token), baseURL: baseURL,
      provider: ProviderClient(name: "telegram", client: client))
  }

  static func port(
    _ baseURL: String, logger: Logger = Logger(label: "test")
  ) -> ChannelPort {
    TelegramPort(
      client: client(baseURL), locationLabels: [.english: "📍 Here"],
      time: TimeSource { Rehearsal.start }, logger: logger
    ).channelPort()
  }
}
