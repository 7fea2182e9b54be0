import Channels
import Conversation
import Hummingbird
import Storage

extension Program {
  /// Every door of the program.
  func router() -> Router<AppContext> {
    let router = Router(context: AppContext.self)
    router.add(middleware: Gatekeeper())
    PageRoutes().add(to: router)
    WebChatRoutes(self).add(to: router)
    TelegramRoutes(service: service, secret: settings.telegram?.webhookSecret).add(to: router)
    WhatsAppRoutes(service: service, door: whatsApp, logger: logger).add(to: router)
    SMSRoutes(self).add(to: router)
    smsBulkRoutes.add(to: router)
    WebhookLogRoutes(database: database, apiKey: settings.internalAPIKey).add(to: router)
    SafetyFlagRoutes(database: database, apiKey: settings.internalAPIKey).add(to: router)
    HealthRoutes(dependencies: dependencies, providers: providers, metrics: metrics).add(to: router)
    ModelRoutes(door: models, apiKey: settings.internalAPIKey).add(to: router)
    SpeechStatusRoutes(speech: speech, apiKey: settings.internalAPIKey).add(to: router)
    LessonAudioRoutes(
      voices: lessons.voices, database: database, apiKey: settings.internalAPIKey
    ).add(to: router)
    ContentRoutes(content: content, apiKey: settings.internalAPIKey).add(to: router)
    PrivacyRoutes(accounts: accounts, service: service).add(to: router)
    MediaRoutes(self).add(to: router)
    MethodGuard.add(to: router)
    return router
  }

  private var dependencies: [HealthRoutes.Dependency] {
    var dependencies = [
      HealthRoutes.Dependency(name: "database", isVital: true) { [database] in
        await database.isHealthy()
      }
    ]
    if let telegram {
      dependencies.append(
        HealthRoutes.Dependency(name: "telegram", isVital: false) { telegram.isReachable })
    }
    if let whatsApp {
      dependencies.append(
        HealthRoutes.Dependency(name: "whatsapp", isVital: false) { whatsApp.isReachable })
    }
    if let sms {
      dependencies.append(
        HealthRoutes.Dependency(name: "sms", isVital: false, isWatched: true) {
          sms.isReachable && sms.alarms.isEmpty
        })
    }
    if let models {
      dependencies.append(
        HealthRoutes.Dependency(name: "model", isVital: false) { models.isReachable })
    }
    return dependencies
  }

  private var smsBulkRoutes: SMSBulkRoutes {
    SMSBulkRoutes(
      service: service, queue: queue, apiKey: settings.internalAPIKey, isOn: sms != nil,
      stopList: sms?.stopList,
      window: SMSWindow(
        count: settings.sms.bulkSendsPerHour, milliseconds: SMSBulk.windowDefault.milliseconds),
      wakeWorkers: wakeWorkers)
  }
}
