import Channels
import Conversation
import Foundation
import Storage
import Transport

/// What a newcomer with a problem should look at first.
package struct Diagnosis: Sendable {
  package private(set) var lines: [String] = []
  package private(set) var isHealthy = true

  package static func make(settings: Settings, root: String) async -> Diagnosis {
    var diagnosis = Diagnosis()
    diagnosis.describe(settings)
    await diagnosis.examineStore(settings)
    diagnosis.examineContent(root)
    await diagnosis.examineTelegram(settings)
    await diagnosis.examineWhatsApp(settings)
    await diagnosis.examineSMS(settings)
    await diagnosis.examineModels(settings)
    await diagnosis.examineSpeech()
    return diagnosis
  }

  private mutating func describe(_ settings: Settings) {
    pass("settings", "http://\(settings.host):\(settings.port), home \(settings.home)")
    pass("public address", settings.publicURL ?? "none (Telegram is polled)")
    pass("operators' doors", settings.internalAPIKey == nil ? "shut (INTERNAL_API_KEY)" : "open")
  }

  private mutating func examineStore(_ settings: Settings) async {
    do {
      try FileManager.default.createDirectory(
        atPath: settings.home, withIntermediateDirectories: true)
      let database = try Database(settings.database)
      try database.migrate(Product.migrations)
      let isHealthy = await database.isHealthy()
      await database.close()
      isHealthy ? pass("store", "durable and up to date") : fail("store", "cannot be written")
    } catch { fail("store", "\(error)") }
  }

  private mutating func examineContent(_ root: String) {
    let faults = ContentCheck.run(root: root).faults
    faults.isEmpty
      ? pass("content", "no faults")
      : fail("content", "\(faults.count) faults; run `parlance check`")
  }

  private mutating func examineTelegram(_ settings: Settings) async {
    guard let telegram = settings.telegram else {
      return pass("telegram", "off (TELEGRAM_BOT_TOKEN)")
    }
    let client = HTTPClient(caFile: settings.outgoing.caFile)
    let request = Transport.HTTPRequest(
      method: .post, url: "\(telegram.apiURL)/bot\(telegram.token)/getMe",
      proxy: settings.outgoing.proxy(for: .telegram))
    do {
      let response = try await client.send(request)
      response.status == 200
        ? pass("telegram", "the token is good")
        : fail("telegram", "getMe was answered with \(response.status): check the token")
    } catch {
      fail("telegram", "\(error): check the network, or set TELEGRAM_PROXY")
    }
    await client.shutdown()
  }

  private mutating func examineWhatsApp(_ settings: Settings) async {
    guard let whatsApp = settings.whatsApp else {
      return pass("whatsapp", "off (WHATSAPP_ACCESS_TOKEN)")
    }
    if whatsApp.verifyToken == nil {
      fail("whatsapp handshake", "WHATSAPP_VERIFY_TOKEN is missing: Meta cannot be subscribed")
    }
    let client = HTTPClient(caFile: settings.outgoing.caFile)
    let request = Transport.HTTPRequest(
      url: "\(whatsApp.apiURL)/\(WhatsAppClient.version)/\(whatsApp.phoneNumberID)",
      headers: ["Authorization": "Bearer \(whatsApp.accessToken)"],
      proxy: settings.outgoing.proxy(for: .whatsapp))
    do {
      let response = try await client.send(request)
      response.status == 200
        ? pass("whatsapp", "the token is good for this number")
        : fail("whatsapp", "the number was answered with \(response.status): check id and token")
    } catch {
      fail("whatsapp", "\(error): check the network, or set WHATSAPP_PROXY")
    }
    await client.shutdown()
  }

  private mutating func examineSMS(_ settings: Settings) async {
    guard settings.sms.isOn else {
      return pass("sms", "off (KAVENEGAR_API_KEY, TWILIO_ACCOUNT_SID)")
    }
    let client = HTTPClient(caFile: settings.outgoing.caFile)
    let clients = SMSClients(settings, client: client)
    if let kavenegar = clients.kavenegar?.client {
      let (credit, reason) = await kavenegar.remainingCredit()
      switch credit {
      case nil: fail("kavenegar", "\(reason): check the key and the network, or set HTTPS_PROXY")
      case 0?: fail("kavenegar", "the credit is used up")
      case let rial?: pass("kavenegar", "the key is good, \(rial) rial are left")
      }
      if settings.sms.kavenegar?.sender == nil {
        pass("kavenegar", "without KAVENEGAR_SENDER nothing is fetched and no bulk is sent")
      }
    }
    if let twilio = clients.twilio?.client {
      let fault = await twilio.accountFault()
      fault.map { fail("twilio", "\($0): check the account, the token and the network") }
        ?? pass("twilio", "the account is good")
    }
    await client.shutdown()
  }

  mutating func pass(_ what: String, _ detail: String) {
    lines.append("ok    \(what): \(detail)")
  }

  mutating func fail(_ what: String, _ detail: String) {
    isHealthy = false
    lines.append("FAULT \(what): \(detail)")
  }
}
