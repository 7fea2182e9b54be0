import Configuration
import Storage

/// Reads settings one by one and gathers what is wrong with them.
struct SettingsCheck {
  private let reader: ConfigReader
  private(set) var problems: [String] = []

  init(_ reader: ConfigReader) { self.reader = reader }

  mutating func report(_ problem: String) { problems.append(problem) }

  /// The value; nil when it is missing or empty, as a line `NAME=` in a file leaves it.
  func text(_ name: String, isSecret: Bool = false) -> String? {
    let parts = name.split(separator: "_").map { $0.lowercased() }
    let value = reader.string(forKey: ConfigKey(parts), isSecret: isSecret)
    guard let value, !value.isEmpty else { return nil }
    return value
  }

  /// Notes what is wrong with a setting, which then counts as missing.
  mutating func refuse(_ problem: String) -> String? {
    report(problem)
    return nil
  }

  mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
    guard let text = text(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      problems.append("\(name) must be a number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  mutating func flag(_ name: String) -> Bool {
    switch text(name)?.lowercased() {
    case "yes": return true
    case nil, "no": return false
    case _:
      report("\(name) must be yes or no")
      return false
    }
  }

  func list(_ name: String) -> [String]? {
    text(name)?.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
  }

  /// A base address without its closing slash.
  mutating func url(_ name: String, schemes: [String] = ["http", "https"]) -> String? {
    guard var text = text(name) else { return nil }
    let isKnown = schemes.contains { text.lowercased().hasPrefix($0 + "://") }
    let host = text.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
    guard isKnown, host != nil, !text.contains(where: \.isWhitespace) else {
      problems.append("\(name) must be an address that begins with \(schemes[0])://")
      return nil
    }
    while text.last == "/" { text.removeLast() }
    return text
  }

  mutating func secret(_ name: String, minimumLength: Int) -> String? {
    guard let text = text(name, isSecret: true) else { return nil }
    guard text.utf8.count >= minimumLength else {
      problems.append("\(name) must have at least \(minimumLength) characters")
      return nil
    }
    return text
  }

  mutating func database(home: String) -> Location {
    guard let url = text("DATABASE_URL", isSecret: true) else {
      return .file(path: home + "/parlance.sqlite")
    }
    if url.hasPrefix("sqlite:") {
      var path = url.dropFirst("sqlite:".count)
      if path.hasPrefix("//") { path = path.dropFirst(2) }
      if !path.isEmpty { return .file(path: String(path)) }
    }
    problems.append(
      "DATABASE_URL must be sqlite: and a path (PostgreSQL is not supported yet)")
    return .memory
  }

  mutating func telegram(hasPublicURL: Bool) -> Settings.Telegram? {
    let apiURL = url("TELEGRAM_API_URL") ?? "https://api.telegram.org"
    let secret = webhookSecret()
    let pace = integer("TELEGRAM_MESSAGES_PER_SECOND", in: 1...1_000) ?? 30
    guard let token = text("TELEGRAM_BOT_TOKEN", isSecret: true) else {
      if secret != nil {
        problems.append("TELEGRAM_BOT_TOKEN is missing beside TELEGRAM_WEBHOOK_SECRET")
      }
      return nil
    }
    guard isBotToken(token) else {
      problems.append("TELEGRAM_BOT_TOKEN is not of the form 123456:letters")
      return nil
    }
    if hasPublicURL, secret == nil {
      problems.append(
        "TELEGRAM_WEBHOOK_SECRET is needed beside PARLANCE_PUBLIC_URL and TELEGRAM_BOT_TOKEN")
    }
    return Settings.Telegram(
      token: token, webhookSecret: secret, apiURL: apiURL, messagesPerSecond: pace)
  }

  /// 1 to 256 of `A–Z a–z 0–9 _ -` (Bot API, `setWebhook`).
  private mutating func webhookSecret() -> String? {
    guard let secret = text("TELEGRAM_WEBHOOK_SECRET", isSecret: true) else { return nil }
    let isValid =
      secret.utf8.count <= 256
      && secret.utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || isAlphanumeric($0) }
    guard isValid else {
      problems.append("TELEGRAM_WEBHOOK_SECRET may hold 1 to 256 of A-Z a-z 0-9 _ -")
      return nil
    }
    return secret
  }

  private func isBotToken(_ token: String) -> Bool {
    let parts = token.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy(\.isNumber)
      && !parts[1].isEmpty
      && parts[1].utf8.allSatisfy { $0 == 0x2D || $0 == 0x5F || isAlphanumeric($0) }
  }

  private func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
