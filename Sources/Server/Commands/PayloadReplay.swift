import Channels
import Conversation
import Foundation
import Storage
import Transport

/// Posts a payload to the running server through the same door the provider uses.
package struct PayloadReplay {
  package struct Failed: Error, CustomStringConvertible {
    package let description: String
  }

  private let settings: Settings
  private let url: String
  private let chatID: String?
  private let isNew: Bool

  package init(settings: Settings, url: String?, chatID: String?, isNew: Bool) {
    self.settings = settings
    self.url = url ?? "http://\(settings.host):\(settings.port)"
    self.chatID = chatID
    self.isNew = isNew
  }

  package func post(file: String) async throws -> String {
    let text = try String(contentsOfFile: file, encoding: .utf8)
      .trimmingCharacters(in: .newlines)
    let provider = URL(fileURLWithPath: file).deletingLastPathComponent().lastPathComponent
    return try await post(text, provider: provider)
  }

  package func post(stored id: Int64) async throws -> String {
    let database = try Database(settings.database)
    let entry = try await database.read { try WebhookLog.entry(id, in: $0) }
    await database.close()
    guard let entry else { throw Failed(description: "no payload is stored under \(id)") }
    return try await post(entry.payload, provider: entry.provider)
  }

  private func post(_ payload: String, provider: String) async throws -> String {
    let provider = provider == Channel.sms.rawValue ? SMSReplay.provider(of: payload) : provider
    let body = isNew ? try renewed(payload, provider) : payload
    let (path, headers) = try door(of: provider, body)
    let client = HTTPClient()
    let request = Transport.HTTPRequest(
      method: .post, url: url + path, headers: headers, body: Array(body.utf8))
    do {
      let response = try await client.send(request)
      await client.shutdown()
      return "\(response.status) \(String(decoding: response.body, as: UTF8.self))"
    } catch {
      await client.shutdown()
      throw Failed(description: "the server at \(url) did not answer: \(error)")
    }
  }

  private func door(of provider: String, _ body: String) throws -> (String, HTTPHeaders) {
    if let door = try SMSReplay(settings).door(of: provider, body) { return door }
    switch provider {
    case Channel.telegram.rawValue:
      let secret = settings.telegram?.webhookSecret ?? ""
      return (
        "/gateway/webhook/telegram",
        [
          "Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret,
        ]
      )
    case Channel.webchat.rawValue:
      guard let chatID else { throw Failed(description: "name the chat with --chat") }
      return ("/gateway/webchat/\(chatID)/send", ["Content-Type": "application/json"])
    case Channel.whatsapp.rawValue:
      let signature = WhatsAppSignature(appSecret: settings.whatsApp?.appSecret ?? "")
      return (
        "/gateway/webhook/whatsapp",
        [
          "Content-Type": "application/json",
          "X-Hub-Signature-256": signature.header(for: Array(body.utf8)),
        ]
      )
    case _: throw Failed(description: "there is no door for “\(provider)”")
    }
  }

  /// The payload with an id nobody has used.
  private func renewed(_ payload: String, _ provider: String) throws -> String {
    let id = Int64(Date().timeIntervalSince1970 * 1_000_000)
    if let form = SMSReplay.renewed(payload, of: provider, id: id) { return form }
    let object = try JSONSerialization.jsonObject(with: Data(payload.utf8))
    guard var fields = object as? [String: Any] else {
      throw Failed(description: "the payload is not an object")
    }
    if provider == Channel.whatsapp.rawValue {
      let number = settings.whatsApp?.phoneNumberID ?? ""
      return WhatsAppSample.renewed(payload, id: "wamid.replay-\(id)", phoneNumberID: number)
    } else if provider == Channel.telegram.rawValue {
      fields["update_id"] = id
    } else {
      fields["id"] = "replay-\(id)"
    }
    return String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
  }
}
