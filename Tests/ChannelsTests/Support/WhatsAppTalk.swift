import Channels
import Conversation
import Logging
import Rehearsal
import Standins
import Storage
import Transport

/// A person on WhatsApp: real turns, whose deliveries go through the port to a stand-in.
final class WhatsAppTalk {
  let rehearsal: Rehearsal
  private let port: ChannelPort
  private let outbox = Outbox(channel: .whatsapp)

  init(
    _ port: ChannelPort, saying reply: Reply, language: String = "en",
    chat: String = WhatsAppSample.person
  ) throws {
    self.port = port
    let engine = try TestEngine.make(saying: reply, [.whatsapp: port.capabilities])
    rehearsal = try Rehearsal(
      engine: engine, migrations: ConversationSchema.migrations, channel: .whatsapp, chat: chat)
    try rehearsal.say("hello", languageHint: language)
  }

  /// Sends everything that waits and tells how each call ended.
  ///
  /// - Parameter change: gives a call what flows cannot ask for yet.
  func deliver(_ change: (inout OutgoingCall) -> Void = { _ in }) async throws -> [SendOutcome] {
    var outcomes: [SendOutcome] = []
    while var call = try claim() {
      change(&call)
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

enum TestWhatsApp {
  static func client(_ baseURL: String) -> WhatsAppClient {
    WhatsAppClient(
      account: WhatsAppAccount(
        phoneNumberID: WhatsAppAPIStandin.phoneNumberID,
        accessToken: WhatsAppAPIStandin.accessToken),
      baseURL: baseURL,
      provider: ProviderClient(name: "whatsapp", client: HTTPClient()))
  }

  static func port(
    _ baseURL: String, logger: Logger = Logger(label: "test"),
    time: TimeSource = TimeSource { Rehearsal.start }
  ) -> ChannelPort {
    let client = client(baseURL)
    return WhatsAppPort(
      client: client, readMarks: WhatsAppReadMarks(client: client),
      listLabels: [.english: "Choose", .persian: "انتخاب کنید"], time: time, logger: logger
    ).channelPort()
  }
}
