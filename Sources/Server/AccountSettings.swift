import Accounts

/// Under which names people find us on channels that can carry a code in a link.
package struct AccountSettings: Sendable {
  /// Without `@`.
  package let telegramBot: String?
  /// Digits only, with the country's code.
  package let whatsAppNumber: String?

  init(_ check: inout SettingsCheck) {
    telegramBot = check.telegramBotName()
    whatsAppNumber = check.whatsAppNumber()
  }
}

extension Settings {
  var reach: Accounts.Reach {
    Accounts.Reach(
      publicURL: publicURL, localURL: "http://\(host):\(port)",
      telegramBot: accounts.telegramBot, whatsAppNumber: accounts.whatsAppNumber)
  }
}

extension SettingsCheck {
  fileprivate mutating func telegramBotName() -> String? {
    guard let name = text("TELEGRAM_BOT_USERNAME") else { return nil }
    let bare = name.hasPrefix("@") ? String(name.dropFirst()) : name
    let isName =
      (5...32).contains(bare.utf8.count)
      && bare.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    return isName ? bare : refuse("TELEGRAM_BOT_USERNAME must be 5 to 32 of A-Z a-z 0-9 _")
  }

  fileprivate mutating func whatsAppNumber() -> String? {
    guard let number = text("WHATSAPP_NUMBER") else { return nil }
    let digits = number.hasPrefix("+") ? String(number.dropFirst()) : number
    let isNumber =
      (8...15).contains(digits.utf8.count) && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isNumber ? digits : refuse("WHATSAPP_NUMBER must be 8 to 15 digits with country code")
  }
}
