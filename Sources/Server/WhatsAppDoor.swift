import Channels
import Conversation
import Logging
import ServiceLifecycle
import Transport

/// WhatsApp put together: the port the sender calls, the marks that a message was read, and what
/// tells a post of Meta's from a forged one.
struct WhatsAppDoor: Sendable {
  let port: ChannelPort
  let signature: WhatsAppSignature
  let phoneNumberID: String
  let verifyToken: String?
  let readMarks: WhatsAppReadMarks
  /// Fetches what people sent.
  let media: WhatsAppMedia
  let provider: ProviderClient
  /// Whether the last call got an answer; true before the first.
  var isReachable: Bool { reachability.isReachable }

  private let reachability = Reachability()

  init(
    _ whatsApp: Settings.WhatsApp, _ settings: Settings, listLabels: [LanguageCode: String],
    client: HTTPClient, logger: Logger
  ) {
    let account = WhatsAppAccount(
      phoneNumberID: whatsApp.phoneNumberID, accessToken: whatsApp.accessToken)
    provider = ProviderClient(
      name: Settings.Provider.whatsapp.rawValue, client: client,
      proxy: settings.outgoing.proxy(for: .whatsapp), secrets: whatsApp.secrets)
    let client = WhatsAppClient(
      account: account, baseURL: whatsApp.apiURL, provider: provider)
    signature = WhatsAppSignature(appSecret: whatsApp.appSecret)
    phoneNumberID = whatsApp.phoneNumberID
    verifyToken = whatsApp.verifyToken
    readMarks = WhatsAppReadMarks(client: client)
    media = WhatsAppMedia(client: client)
    port = reachability.watching(
      WhatsAppPort(
        client: client, readMarks: readMarks, listLabels: listLabels, time: .machine,
        logger: logger
      ).channelPort(perSecond: whatsApp.messagesPerSecond))
  }

  /// Sends the marks until the program ends.
  var background: Loop { Loop(work: readMarks.run, stop: readMarks.stop) }
}
