import Channels
import Conversation
import Foundation
import Logging
import Rehearsal
import Standins
import Storage
import Synchronization
import Transport

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
  private let moment: Mutex<Timestamp>

  init(_ moment: Timestamp = Rehearsal.start) { self.moment = Mutex(moment) }

  var now: Timestamp { moment.withLock { $0 } }
  var time: TimeSource { TimeSource { self.now } }

  /// To the time of stand-ins that tell it.
  func moveToMachine() {
    let seconds = Int64(time_t(Foundation.time(nil)))
    moment.withLock { $0 = Timestamp(milliseconds: seconds * 1_000) }
  }

  func advance(milliseconds: Int64) {
    moment.withLock { $0 = $0.adding(milliseconds: milliseconds) }
  }
}

/// A person who writes SMS: real turns, whose deliveries go through the port to the stand-ins.
final class SMSTalk {
  static let iranian = "+989123456789"
  static let american = "+15005550001"

  let rehearsal: Rehearsal
  let clock = TestClock()
  let alarms = AlarmMemory()
  let logs = LogMemory()
  let carriers: SMSCarriers
  let holds: SMSHolds
  private let port: ChannelPort
  private let outbox = Outbox(channel: .sms)

  init(
    kavenegar: KavenegarStandin? = nil, twilio: TwilioStandin? = nil, saying reply: Reply,
    language: String = "en", number: String = iranian,
    window: SMSWindow = SMSPort.windowDefault, statusURL: String? = nil
  ) throws {
    let engine = try TestEngine.make(saying: reply, [.sms: SMSPort.capabilities])
    rehearsal = try Rehearsal(
      engine: engine, migrations: ConversationSchema.migrations + SMSLedger.migrations,
      channel: .sms, chat: number)
    carriers = TestSMS.carriers(
      kavenegar, twilio, rehearsal.database, statusURL: statusURL)
    holds = SMSHolds(onAlarm: alarms.note)
    port =
      SMSPort(
        carriers: carriers, holds: holds, window: window, database: rehearsal.database,
        time: clock.time, logger: logs.logger
      ).channelPort
    try rehearsal.say("hello", languageHint: language)
  }

  /// Sends everything that waits and is due, and tells how each call ended.
  func deliver() async throws -> [SendOutcome] {
    var outcomes: [SendOutcome] = []
    while let call = try claim() {
      let outcome = await port.send(call)
      outcomes.append(outcome)
      var random = RandomSource(seed: 1)
      try rehearsal.database.writeBlocking {
        try outbox.settle(
          call, outcome, spacingMs: 0, at: clock.now, random: &random, in: $0)
      }
    }
    return outcomes
  }

  private func claim() throws -> OutgoingCall? {
    try rehearsal.database.writeBlocking {
      try outbox.claim(at: clock.now, limit: 1, in: $0).first
    }
  }
}

/// What has been said about providers.
final class AlarmMemory: Sendable {
  private let kept = Mutex<[SMSAlarm?]>([])

  var all: [SMSAlarm?] { kept.withLock { $0 } }

  @Sendable func note(_ provider: SMSProvider, _ alarm: SMSAlarm?) {
    kept.withLock { $0.append(alarm) }
  }
}

enum TestSMS {
  static func carriers(
    _ kavenegar: KavenegarStandin?, _ twilio: TwilioStandin?, _ database: Database,
    statusURL: String? = nil
  ) -> SMSCarriers {
    SMSCarriers(
      kavenegar: kavenegar.map {
        SMSCarriers.Kavenegar(client: client($0), sender: KavenegarStandin.line)
      },
      twilio: twilio.map {
        SMSCarriers.Twilio(
          client: TwilioClient(
            accountSID: TwilioStandin.accountSID, authToken: TwilioStandin.authToken,
            baseURL: $0.url,
            provider: ProviderClient(name: "twilio", client: HTTPClient())),
          sender: TwilioStandin.number, statusURL: statusURL)
      }, database: database)
  }

  static func client(_ standin: KavenegarStandin) -> KavenegarClient {
    KavenegarClient(
      key: KavenegarKey(KavenegarStandin.key), baseURL: standin.url,
      provider: ProviderClient(name: "kavenegar", client: HTTPClient()))
  }

  /// A shared payload; nil where there is none beside the project.
  static func payload(_ path: String) throws -> JSONValue? {
    guard let shared = Project.shared else { return nil }
    let file = shared.appendingPathComponent("payloads/\(path)")
    return try JSONValue(parsing: Array(try Data(contentsOf: file)))
  }
}
