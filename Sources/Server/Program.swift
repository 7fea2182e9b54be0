import Accounts
import Channels
package import Conversation
import Feedback
import Foundation
import Learning
package import Logging
import Practice
package import Storage
import Transport

/// The whole program put together: one store, one engine, a door for each channel, a sender for
/// each provider that has to be called, and the workers. Start reading here.
package struct Program: Sendable {
  package let settings: Settings
  package let database: Database
  package let service: ConversationService

  let hub: WebChatHub
  let client: HTTPClient
  let senders: [Sender]
  let queue: WorkQueue
  let workers: Workers
  let telegram: TelegramDoor?
  let whatsApp: WhatsAppDoor?
  let sms: SMSDoor?
  /// Nil without a language model: what needs none goes on.
  let models: ModelDoor?
  let speech: SpeechDoor
  let lessons: LessonDoor
  /// Lessons as those handle them who care for the content.
  package let content: ContentService
  let wakeWorkers: @Sendable () -> Void
  /// Whose circuits operators want to see.
  let providers: [ProviderClient]
  let accounts: Accounts
  /// For jobs: what people sent, and how to show an answer while it is written.
  package let files: any IncomingFiles
  package let liveText: any LiveText
  let commandMenus: [LanguageCode: [TelegramSetup.Command]]
  let metrics: MetricsRegistry
  let logger: Logger

  /// Opens the store, brings its schema forward, reads the content and puts all together.
  ///
  /// - Parameters:
  ///   - root: the folder that holds `Prompts/`, `Personas/`, `Curriculum/` and `Lexicon/`.
  ///   - content: when it has been read before.
  /// - Throws: `ContentFaults` when a file of content cannot be used, `LexiconFault` when the
  ///   built-in check lacks its data, `StorageError`.
  package static func open(
    _ settings: Settings, root: String, content: ProductContent? = nil,
    metrics: MetricsRegistry, logger: Logger
  ) throws -> Program {
    try FileManager.default.createDirectory(
      atPath: settings.home, withIntermediateDirectories: true)
    let product = Product.make(
      try content ?? ProductContent.load(root: root),
      keys: try AccountKeyFile.keys(home: settings.home), reach: settings.reach,
      operatorName: settings.operatorName,
      abilities: PracticeDoor.abilities(settings, hasModel: settings.models.isOn),
      voice: LessonVoice(settings))
    let checker = try TextChecker(
      lexicon: URL(filePath: root, directoryHint: .isDirectory).appending(path: "Lexicon"))
    let database = try Database(settings.database)
    try database.migrate(Product.migrations)
    try database.writeBlocking { try product.lessons.follow(in: $0) }
    return Program(settings, product, checker, database, metrics: metrics, logger: logger)
  }

  private init(
    _ settings: Settings, _ product: Product, _ checker: TextChecker, _ database: Database,
    metrics: MetricsRegistry, logger: Logger
  ) {
    self.settings = settings
    self.database = database
    self.metrics = metrics
    self.logger = logger
    commandMenus = product.commandMenus
    accounts = product.accounts
    let time = TimeSource.machine
    let hub = WebChatHub()
    let client = HTTPClient(caFile: settings.outgoing.caFile)
    let telegram = settings.telegram.map {
      TelegramDoor(
        $0, settings, locationLabels: product.locationLabels, client: client, logger: logger)
    }
    let whatsApp = settings.whatsApp.map {
      WhatsAppDoor($0, settings, listLabels: product.listLabels, client: client, logger: logger)
    }
    let sms = SMSDoor(
      settings, stopList: product.stopList, client: client, database: database, time: time,
      logger: logger)
    let models = ModelDoor(settings, client: client, database: database, time: time, logger: logger)
    files = FetchedFiles(
      telegram: telegram?.downloads, whatsApp: whatsApp?.media, twilio: sms?.media,
      database: database, time: time)
    liveText = LiveAnswers(
      hub: hub, drafts: telegram?.drafts, database: database, time: time, logger: logger)
    let speech = SpeechDoor(settings, client: client, database: database, time: time)
    lessons = LessonDoor(
      settings, product.lessons, speech: speech, files: files, database: database, time: time)
    let ports = [telegram?.port, whatsApp?.port, sms?.port].compactMap { $0 }
    let bell = Bell(
      hub: hub, senders: Dictionary(uniqueKeysWithValues: ports.map { ($0.channel, WakeSignal()) }),
      workers: WakeSignal())
    let engine = product.engine(ids: IDSource(seed: .random(in: 0 ... .max)))
    let service = ConversationService(
      database: database, engine: engine, time: time, logger: logger, onCommit: bell.ring)
    let practice = PracticeDoor.ports(
      speech: speech, checker: checker, model: models?.tutor(product), files: files,
      liveText: liveText)
    let drafting = LessonDrafting(models?.chain, product, database, time)
    let queue = WorkQueue(
      engine: engine,
      handlers: product.jobHandlers(practice, database, time) + [drafting.handler]
        + lessons.jobHandlers + (sms?.jobHandlers(service, database, time) ?? []))
    self.sms = sms
    self.models = models
    self.speech = speech
    self.service = service
    wakeWorkers = bell.workers.wake
    self.hub = hub
    self.client = client
    self.telegram = telegram
    self.whatsApp = whatsApp
    providers =
      [telegram?.provider, whatsApp?.provider].compactMap { $0 } + (sms?.providers ?? [])
      + (models?.clients ?? []) + speech.providers
    self.queue = queue
    content = ContentService(drafting, queue, wakeWorkers: bell.workers.wake)
    senders = ports.map {
      Self.sender($0, product.windowRules, database, time, bell, logger)
    }
    let activity = Activity(hub: hub, ports: ports, database: database, logger: logger)
    workers = Workers(
      queue: queue, database: database, time: time, seed: .random(in: 0 ... .max),
      logger: logger, signal: bell.workers, onCommit: bell.ring, signalActivity: activity.show)
  }
}

extension Program {
  private static func sender(
    _ port: ChannelPort, _ rules: WindowRules, _ database: Database, _ time: TimeSource,
    _ bell: Bell, _ logger: Logger
  ) -> Sender {
    Sender(
      port: port, windowRules: rules, database: database, time: time,
      seed: .random(in: 0 ... .max), logger: logger,
      signal: bell.senders[port.channel] ?? WakeSignal())
  }
}

extension TimeSource {
  /// The machine's clock.
  package static let machine = TimeSource {
    Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1_000).rounded()))
  }
}
