import Standins
import Transport

/// The whole program with both providers of SMS played beside it.
struct SMSStage: Sendable {
  static let publicURL = "https://tutor.example"
  static let secret = "push-secret"
  static let twilioPath = "/gateway/webhook/sms/twilio"
  static let american = "+15005550001"

  let running: RunningProgram
  let kavenegar: KavenegarStandin
  let twilio: TwilioStandin

  static func with(
    home: TemporaryHome, settings: [String: String] = [:], isPublic: Bool = true,
    _ body: @Sendable (SMSStage) async throws -> Void
  ) async throws {
    try await KavenegarStandin.with { kavenegar in
      try await TwilioStandin.with { twilio in
        var variables = [
          "KAVENEGAR_API_KEY": KavenegarStandin.key, "KAVENEGAR_SENDER": KavenegarStandin.line,
          "KAVENEGAR_WEBHOOK_SECRET": secret, "KAVENEGAR_API_URL": kavenegar.url,
          "TWILIO_ACCOUNT_SID": TwilioStandin.accountSID,
          "TWILIO_AUTH_TOKEN": TwilioStandin.authToken, "TWILIO_FROM": TwilioStandin.number,
          "TWILIO_API_URL": twilio.url,
        ]
        if isPublic { variables["PARLANCE_PUBLIC_URL"] = publicURL }
        variables.merge(settings) { $1 }
        try await RunningProgram.with(home: home, settings: variables) { running in
          try await body(SMSStage(running: running, kavenegar: kavenegar, twilio: twilio))
        }
      }
    }
  }

  /// Posts a form to Twilio's door, signed for the public address unless told otherwise.
  @discardableResult
  func post(
    _ form: [FormPair], url: String = publicURL + twilioPath, signature: String? = nil
  ) async throws -> HTTPResponse {
    try await twilio.post(form, to: url, at: running.url, signature: signature)
  }

  func text(_ text: String, sid: String) async throws -> HTTPResponse {
    try await post(TwilioStandin.inbound(text, from: Self.american, sid: sid))
  }

  func push(_ form: String, secret: String? = secret) async throws -> HTTPResponse {
    let query = secret.map { "?secret=\($0)" } ?? ""
    return try await running.post(
      "/gateway/webhook/sms/kavenegar\(query)", form,
      headers: ["Content-Type": "application/x-www-form-urlencoded"])
  }

  func logCount() async throws -> Int {
    let logs = try await running.get(
      "/gateway/webhook-logs?provider=sms",
      headers: ["X-Internal-Api-Key": RunningProgram.operatorKey])
    return try logs.json()["data"]?["logs"]?.items.count ?? 0
  }
}
