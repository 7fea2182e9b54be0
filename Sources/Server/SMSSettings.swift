import Channels

extension Settings {
  package struct SMS: Sendable {
    package let kavenegar: Kavenegar?
    package let twilio: Twilio?
    package let messagesPer15Minutes: Int
    package let bulkSendsPerHour: Int

    package struct Kavenegar: Sendable {
      package let apiKey: String
      /// The line messages come from and are sent to.
      package let sender: String?
      /// Nil shuts the door of pushes.
      package let webhookSecret: String?
      /// Without a slash at the end.
      package let apiURL: String
    }

    package struct Twilio: Sendable {
      package let accountSID: String
      package let authToken: String
      /// A number, or the id of a messaging service.
      package let sender: String
      /// Without a slash at the end.
      package let apiURL: String
    }

    package var isOn: Bool { kavenegar != nil || twilio != nil }

    var secrets: [String] {
      [kavenegar?.apiKey, kavenegar?.webhookSecret, twilio?.authToken].compactMap { $0 }
    }
  }
}

extension SettingsCheck {
  mutating func sms() -> Settings.SMS {
    Settings.SMS(
      kavenegar: kavenegar(), twilio: twilio(),
      messagesPer15Minutes: integer("SMS_MESSAGES_PER_15_MINUTES", in: 1...1_000_000)
        ?? SMSPort.windowDefault.count,
      bulkSendsPerHour: integer("SMS_BULK_SENDS_PER_HOUR", in: 1...10_000)
        ?? SMSBulk.windowDefault.count)
  }

  private mutating func kavenegar() -> Settings.SMS.Kavenegar? {
    let apiURL = url("KAVENEGAR_API_URL") ?? "https://api.kavenegar.com"
    let secret = text("KAVENEGAR_WEBHOOK_SECRET", isSecret: true)
    let sender = text("KAVENEGAR_SENDER")
    guard let key = text("KAVENEGAR_API_KEY", isSecret: true) else {
      if sender != nil || secret != nil {
        report("KAVENEGAR_API_KEY is missing beside the other settings of Kavenegar")
      }
      return nil
    }
    if let sender, !sender.allSatisfy({ $0.isASCII && $0.isNumber }) {
      report("KAVENEGAR_SENDER must be a line's number, digits only")
    }
    return Settings.SMS.Kavenegar(
      apiKey: key, sender: sender, webhookSecret: secret, apiURL: apiURL)
  }

  private mutating func twilio() -> Settings.SMS.Twilio? {
    let apiURL = url("TWILIO_API_URL") ?? "https://api.twilio.com"
    let accountSID = text("TWILIO_ACCOUNT_SID")
    let authToken = text("TWILIO_AUTH_TOKEN", isSecret: true)
    let sender = text("TWILIO_FROM")
    guard let accountSID, let authToken, let sender else {
      if accountSID != nil || authToken != nil || sender != nil {
        report("TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM belong together")
      }
      return nil
    }
    if !isID(accountSID, prefix: "AC") { report("TWILIO_ACCOUNT_SID must begin with AC") }
    if !isID(sender, prefix: "MG"), !sender.hasPrefix("+") || PhoneNumber(sender) == nil {
      report("TWILIO_FROM must be a number such as +15005550006, or the id of a service, MG…")
    }
    return Settings.SMS.Twilio(
      accountSID: accountSID, authToken: authToken, sender: sender, apiURL: apiURL)
  }

  private func isID(_ text: String, prefix: String) -> Bool {
    text.hasPrefix(prefix) && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
