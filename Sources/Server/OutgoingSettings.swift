import Transport

extension Settings {
  /// Those we call, each of which may need a way of its own out of our network.
  package enum Provider: String, Sendable, CaseIterable {
    case kavenegar, ollama, openai, telegram, tts, twilio, whatsapp, whisper

    var proxySetting: String { "\(rawValue.uppercased())_PROXY" }
  }

  /// How calls leave: `HTTPS_PROXY` for all, `TELEGRAM_PROXY` and its like for one provider, where
  /// `none` stands for no proxy at all.
  package struct Outgoing: Sendable {
    fileprivate var proxyForAll: String?
    fileprivate var proxies: [Provider: String?] = [:]
    /// Authorities to trust in place of the system's.
    package fileprivate(set) var caFile: String?

    package func proxy(for provider: Provider) -> String? { proxies[provider] ?? proxyForAll }

    /// A service that is spoken to in plain text stands in our own network: the proxy for all is
    /// not for it.
    package func proxy(for provider: Provider, at url: String) -> String? {
      url.lowercased().hasPrefix("https://") ? proxy(for: provider) : proxies[provider] ?? nil
    }

    var secrets: [String] {
      (proxies.values + [proxyForAll]).compactMap(\.self).flatMap(Secrets.inAddress)
    }
  }
}

extension SettingsCheck {
  private static let noProxy = "none"

  mutating func outgoing() -> Settings.Outgoing {
    var outgoing = Settings.Outgoing()
    outgoing.proxyForAll = proxy("HTTPS_PROXY") ?? nil
    for provider in Settings.Provider.allCases {
      if let proxy = proxy(provider.proxySetting) {
        outgoing.proxies.updateValue(proxy, forKey: provider)
      }
    }
    outgoing.caFile = text("PARLANCE_CA_FILE")
    return outgoing
  }

  /// Nil when nothing is said, a nil within when it is said that there is none.
  private mutating func proxy(_ name: String) -> String?? {
    guard let text = text(name, isSecret: true) else { return nil }
    if text.lowercased() == Self.noProxy { return .some(nil) }
    guard let address = ProxyAddress.normalised(text) else {
      report("\(name) must be an address that begins with http://, https:// or socks5://, or none")
      return nil
    }
    return address
  }
}
