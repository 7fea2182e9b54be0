import Channels
import Conversation
import Logging
import ServiceLifecycle
import Transport

/// Telegram put together: the port the sender calls, and what runs in the background to be told
/// of messages.
struct TelegramDoor: Sendable {
  let port: ChannelPort
  /// Whether the last call got an answer; true before the first.
  var isReachable: Bool { reachability.isReachable }

  let provider: ProviderClient
  /// Fetches what people sent.
  let downloads: TelegramDownloads
  let drafts: TelegramDrafts

  private let reachability = Reachability()
  private let client: TelegramClient
  private let settings: Settings.Telegram
  private let publicURL: String?
  private let logger: Logger

  init(
    _ telegram: Settings.Telegram, _ settings: Settings,
    locationLabels: [LanguageCode: String], client: HTTPClient, logger: Logger
  ) {
    provider = ProviderClient(
      name: Settings.Provider.telegram.rawValue, client: client,
      proxy: settings.outgoing.proxy(for: .telegram), secrets: [telegram.token])
    self.client = TelegramClient(
      token: TelegramToken(telegram.token), baseURL: telegram.apiURL, provider: provider)
    downloads = TelegramDownloads(client: self.client)
    drafts = TelegramDrafts(client: self.client, time: .machine)
    self.settings = telegram
    self.logger = logger
    publicURL = settings.publicURL
    port = reachability.watching(
      TelegramPort(
        client: self.client, locationLabels: locationLabels, time: .machine, logger: logger
      ).channelPort(perSecond: telegram.messagesPerSecond))
  }

  /// Registers the webhook, or polls where the world cannot reach us.
  func background(
    _ service: ConversationService, commands: [LanguageCode: [TelegramSetup.Command]]
  ) -> some Service {
    let webhook = publicURL.flatMap { url in
      settings.webhookSecret.map { TelegramSetup.Webhook(publicURL: url, secret: $0) }
    }
    let retry = TelegramRetry(seed: .random(in: 0 ... .max))
    let setup = TelegramSetup(
      client: client, webhook: webhook, commands: commands, retry: retry, logger: logger)
    let poller = TelegramPoller(client: client, retry: retry, logger: logger) { inbound, raw in
      try await service.accept(inbound, payload: String(decoding: raw, as: UTF8.self))
    }
    return Background(isPolling: webhook == nil, setup: setup, poller: poller)
  }

  private struct Background: Service {
    let isPolling: Bool
    let setup: TelegramSetup
    let poller: TelegramPoller

    func run() async throws {
      await cancelWhenGracefulShutdown {
        await withDiscardingTaskGroup { group in
          group.addTask { await setup.run() }
          if isPolling { group.addTask { await poller.run() } }
        }
      }
      // Ending early would be taken for a failure of the whole program.
      try await gracefulShutdown()
    }
  }
}
