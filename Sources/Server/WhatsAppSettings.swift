extension Settings {
  /// The WhatsApp number to be.
  package struct WhatsApp: Sendable {
    package let accessToken: String
    package let phoneNumberID: String
    package let appSecret: String
    /// Nil refuses the handshake.
    package let verifyToken: String?
    /// Without a slash at the end.
    package let apiURL: String
    package let messagesPerSecond: Int

    var secrets: [String] { [accessToken, appSecret, verifyToken].compactMap { $0 } }
  }
}

extension SettingsCheck {
  mutating func whatsApp() -> Settings.WhatsApp? {
    let apiURL = url("WHATSAPP_API_URL") ?? "https://graph.facebook.com"
    let pace = integer("WHATSAPP_MESSAGES_PER_SECOND", in: 1...1_000) ?? 80
    let verifyToken = text("WHATSAPP_VERIFY_TOKEN", isSecret: true)
    let needed = [
      "WHATSAPP_ACCESS_TOKEN", "WHATSAPP_APP_SECRET", "WHATSAPP_PHONE_NUMBER_ID",
    ]
    let values = needed.map { text($0, isSecret: true) }
    guard verifyToken != nil || values.contains(where: { $0 != nil }) else { return nil }
    for (name, value) in zip(needed, values) where value == nil {
      report("\(name) is missing beside the other settings of WhatsApp")
    }
    guard let accessToken = values[0], let appSecret = values[1], let number = values[2] else {
      return nil
    }
    // Both go into addresses and headers as they are.
    guard number.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
      report("WHATSAPP_PHONE_NUMBER_ID must be the number's id, not the number")
      return nil
    }
    guard accessToken.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      report("WHATSAPP_ACCESS_TOKEN holds a character that no token has")
      return nil
    }
    return Settings.WhatsApp(
      accessToken: accessToken, phoneNumberID: number, appSecret: appSecret,
      verifyToken: verifyToken, apiURL: apiURL, messagesPerSecond: pace)
  }
}
