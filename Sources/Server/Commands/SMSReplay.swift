import Channels
import Foundation
import Transport

/// How a payload of SMS is posted once more: as the provider would, proof included.
struct SMSReplay {
  private let settings: Settings

  init(_ settings: Settings) { self.settings = settings }

  /// The webhook log knows the channel only; the two write differently.
  static func provider(of payload: String) -> String {
    let provider: SMSProvider = payload.contains("MessageSid=") ? .twilio : .kavenegar
    return provider.rawValue
  }

  /// The address and the headers; nil for another provider.
  func door(of provider: String, _ body: String) throws -> (String, HTTPHeaders)? {
    switch SMSProvider(rawValue: provider) {
    case .kavenegar?:
      let secret = settings.sms.kavenegar?.webhookSecret ?? ""
      let allowed = CharacterSet.alphanumerics
      let escaped = secret.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
      return ("/gateway/webhook/sms/kavenegar?secret=\(escaped)", Self.form)
    case .twilio?:
      let base = settings.publicURL ?? "http://\(settings.host):\(settings.port)"
      let fields: FormFields
      do { fields = try FormFields(Array(body.utf8)) } catch {
        throw PayloadReplay.Failed(description: "the payload is not a form")
      }
      let signature = TwilioSignature(authToken: settings.sms.twilio?.authToken ?? "")
        .signature(url: base + SMSDoor.path, form: fields)
      var headers = Self.form
      headers.append("X-Twilio-Signature", signature)
      return (SMSDoor.path, headers)
    case nil: return nil
    }
  }

  /// The form with an id nobody has used; nil for another provider.
  static func renewed(_ payload: String, of provider: String, id: Int64) -> String? {
    switch SMSProvider(rawValue: provider) {
    case .kavenegar?: replaced("messageid", in: payload, by: "\(id)")
    case .twilio?: replaced("MessageSid", in: payload, by: "SM\(id)")
    case nil: nil
    }
  }

  private static let form: HTTPHeaders = ["Content-Type": "application/x-www-form-urlencoded"]

  private static func replaced(_ field: String, in form: String, by value: String) -> String {
    form.split(separator: "&").map { pair in
      pair.hasPrefix(field + "=") ? "\(field)=\(value)" : String(pair)
    }.joined(separator: "&")
  }
}
