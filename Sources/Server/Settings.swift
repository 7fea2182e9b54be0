package import Configuration
package import Storage
import SystemPackage

/// Everything the program can be told from outside, read once at start from the environment and
/// an optional `.env` file. With nothing set it runs.
package struct Settings: Sendable {
  package let host: String
  package let port: Int
  /// Where the world reaches us, without a slash at the end; nil when it cannot.
  package let publicURL: String?
  /// The folder the program may write to.
  package let home: String
  package let database: Location
  /// Opens the doors meant for operators; nil keeps them shut.
  package let internalAPIKey: String?
  /// Proxies on whose word a visitor's address is taken.
  package let trustedProxies: Set<String>
  package let outgoing: Outgoing
  /// Who runs the bot, as HELP says.
  package let operatorName: String
  package let telegram: Telegram?
  package let whatsApp: WhatsApp?
  package let sms: SMS
  package let models: Models
  package let speech: Speech
  package let accounts: AccountSettings

  package struct Telegram: Sendable {
    package let token: String
    /// Nil shuts the webhook's door.
    package let webhookSecret: String?
    /// Without a slash at the end.
    package let apiURL: String
    package let messagesPerSecond: Int
  }

  /// Values that must never be printed.
  package var secrets: [String] {
    [internalAPIKey, telegram?.token, telegram?.webhookSecret].compactMap { $0 }
      + (whatsApp?.secrets ?? [])
      + sms.secrets
      + models.secrets
      + speech.secrets
      + outgoing.secrets
  }
}

/// All that is wrong with the settings, by name; never their values.
package struct SettingsFault: Error, Equatable, CustomStringConvertible {
  package let problems: [String]

  package var description: String {
    "The settings cannot be used:\n" + problems.map { "  - \($0)" }.joined(separator: "\n")
  }
}

extension Settings {
  /// Reads the settings of this process.
  ///
  /// - Throws: `SettingsFault` naming every setting at fault, not just the first.
  package static func load(environment: [String: String]) async throws -> Settings {
    let file = try await EnvironmentVariablesProvider(
      environmentFilePath: ".env", allowMissing: true)
    return try Settings(
      ConfigReader(providers: [
        EnvironmentVariablesProvider(environmentVariables: environment), file,
      ]))
  }

  /// - Throws: `SettingsFault`.
  package init(_ reader: ConfigReader) throws {
    var check = SettingsCheck(reader)
    host = check.text("PARLANCE_HOST") ?? "127.0.0.1"
    port = check.integer("PARLANCE_PORT", in: 0...65_535) ?? 8_080
    publicURL = check.url("PARLANCE_PUBLIC_URL")
    home = check.text("PARLANCE_HOME") ?? "var"
    database = check.database(home: home)
    internalAPIKey = check.secret("INTERNAL_API_KEY", minimumLength: 16)
    trustedProxies = Set(check.list("PARLANCE_TRUSTED_PROXIES") ?? ["127.0.0.1", "::1"])
    outgoing = check.outgoing()
    operatorName = check.text("PARLANCE_OPERATOR") ?? "Parlance"
    telegram = check.telegram(hasPublicURL: publicURL != nil)
    whatsApp = check.whatsApp()
    sms = check.sms()
    models = check.models()
    speech = check.speech()
    accounts = AccountSettings(&check)
    guard check.problems.isEmpty else { throw SettingsFault(problems: check.problems) }
  }
}
