import Channels
import Conversation
import CoreMetrics
import Logging
import Metrics
import Storage
import Transport

/// SMS put together: the providers, the port the sender calls, what is fetched and worked off in
/// the background, and what has to be put right.
struct SMSDoor: Sendable {
  static let path = "/gateway/webhook/sms/twilio"

  let port: ChannelPort
  /// Whose circuits operators want to see.
  let providers: [ProviderClient]
  let bulkWork: SMSBulkWork
  /// Fetches what people sent; only Twilio carries files.
  let media: TwilioMedia?
  /// Those who said stop and are forgotten otherwise.
  let stopList: StopList
  /// Whether the last call got an answer; true before the first.
  var isReachable: Bool { reachability.isReachable }

  private let reachability = Reachability()
  private let kavenegar: KavenegarClient?
  private let line: String?
  private let holds: SMSHolds
  private let database: Database
  private let time: TimeSource
  private let logger: Logger

  /// - Returns: nil when no provider is set up.
  init?(
    _ settings: Settings, stopList: StopList, client: HTTPClient, database: Database,
    time: TimeSource, logger: Logger
  ) {
    guard settings.sms.isOn else { return nil }
    let clients = SMSClients(settings, client: client)
    let kavenegar = clients.kavenegar?.client
    let twilio = clients.twilio.flatMap { twilio in
      settings.sms.twilio.map {
        SMSCarriers.Twilio(
          client: twilio.client, sender: $0.sender,
          statusURL: settings.publicURL.map { $0 + Self.path })
      }
    }
    media = clients.twilio.map { TwilioMedia(client: $0.client) }
    providers = [clients.kavenegar?.provider, clients.twilio?.provider].compactMap { $0 }
    let sender = settings.sms.kavenegar?.sender
    let carriers = SMSCarriers(
      kavenegar: kavenegar.map { SMSCarriers.Kavenegar(client: $0, sender: sender) },
      twilio: twilio, database: database)
    let holds = SMSHolds { Self.note($1, of: $0, logger) }
    for provider in SMSProvider.allCases { Self.gauge(.creditExhausted, provider).record(0) }
    self.kavenegar = kavenegar
    self.stopList = stopList
    self.holds = holds
    self.database = database
    self.time = time
    self.logger = logger
    line = sender
    port = reachability.watching(
      SMSPort(
        carriers: carriers, holds: holds,
        window: SMSWindow(
          count: settings.sms.messagesPer15Minutes,
          milliseconds: SMSPort.windowDefault.milliseconds),
        database: database, time: time, logger: logger
      ).channelPort)
    bulkWork = SMSBulkWork(
      carriers: carriers, holds: holds, stopList: stopList, database: database, time: time)
  }

  /// What people have to put right, by provider.
  var alarms: [(provider: SMSProvider, alarm: SMSAlarm)] {
    SMSProvider.allCases.compactMap { provider in
      holds.alarm(of: provider).map { (provider, $0) }
    }
  }

  /// Fetches what pushes may have missed; nil without Kavenegar.
  func polling(_ service: ConversationService) -> KavenegarPolling? {
    kavenegar.map { client in
      KavenegarPolling(
        client: client, line: line, database: database, time: time, logger: logger,
        accept: { inbound, raw in
          try await service.accept(inbound, payload: String(decoding: raw, as: UTF8.self))
        },
        report: { reports in
          try await Self.take(reports.map { ($0, key: nil) }, by: .kavenegar, service)
        })
    }
  }

  /// Brings what a provider says later of our messages to where it belongs.
  static func take(
    _ reports: [(DeliveryReport, key: SMSKey?)], by provider: SMSProvider, isFinal: Bool = false,
    _ service: ConversationService
  ) async throws {
    let ours = try await service.database.write { transaction in
      try reports.filter { report, key in
        try SMSReports.take(report, by: provider, key: key, isFinal: isFinal, in: transaction)
      }.map(\.0)
    }
    guard !ours.isEmpty else { return }
    try await service.report(ours)
  }

  private static func note(_ alarm: SMSAlarm?, of provider: SMSProvider, _ logger: Logger) {
    gauge(.creditExhausted, provider).record(alarm == .creditExhausted ? 1 : 0)
    gauge(.misconfigured, provider).record(alarm == .misconfigured ? 1 : 0)
    let metadata: Logger.Metadata = ["provider": .string(provider.rawValue)]
    switch alarm {
    case .creditExhausted?:
      logger.error("the SMS credit is used up; sending waits", metadata: metadata)
    case .misconfigured?:
      logger.error(
        "the SMS provider does not accept the account, its key or its sender; sending waits",
        metadata: metadata)
    case nil: logger.notice("the SMS provider takes messages again", metadata: metadata)
    }
  }

  private static func gauge(_ alarm: SMSAlarm, _ provider: SMSProvider) -> Gauge {
    Gauge(
      label: "parlance_sms_\(alarm.rawValue)", dimensions: [("provider", provider.rawValue)])
  }
}
