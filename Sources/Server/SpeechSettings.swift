package import Speech

extension Settings {
  /// Providers of speech. Without them the program hears and speaks by itself, as far as it can.
  package struct Speech: Sendable {
    /// The path of the program that handles sound; nil for the one beside this.
    package let program: String?
    package let whisper: Whisper?
    package let synthesiser: Synthesiser?

    package struct Whisper: Sendable {
      /// Without a slash at the end, and without `/v1`.
      package let url: String
      package let model: String
      package let key: String?
      /// The operator's own, so that nothing leaves the house.
      package let isSelfHosted: Bool
      /// Nil when it is to be found out.
      package let dialect: WhisperRecogniser.Dialect?
    }

    package struct Synthesiser: Sendable {
      /// Without a slash at the end, and without `/v1`.
      package let url: String
      package let model: String
      package let voice: String
      /// The operator's own, so that nothing leaves the house.
      package let isSelfHosted: Bool
      package let key: String?
    }

    var secrets: [String] { [whisper?.key, synthesiser?.key].compactMap { $0 } }
  }
}

extension SettingsCheck {
  private static let versionPath = "/v1"

  mutating func speech() -> Settings.Speech {
    Settings.Speech(
      program: text("PARLANCE_SPEECH_PROGRAM"), whisper: whisper(), synthesiser: synthesiser())
  }

  private mutating func whisper() -> Settings.Speech.Whisper? {
    let model = text("WHISPER_MODEL")
    let key = bearer("WHISPER_API_KEY")
    let name = text("WHISPER_API")
    let dialect = name.flatMap(WhisperRecogniser.Dialect.init(rawValue:))
    if name != nil, dialect == nil {
      let names = WhisperRecogniser.Dialect.allCases.map(\.rawValue)
      report("WHISPER_API must be one of \(names.joined(separator: ", "))")
    }
    let isSelfHosted = flag("WHISPER_SELF_HOSTED")
    guard let url = speechURL("WHISPER_URL", beside: [model, key, name]) else { return nil }
    return Settings.Speech.Whisper(
      url: url, model: model ?? "whisper-1", key: key, isSelfHosted: isSelfHosted,
      dialect: dialect)
  }

  private mutating func synthesiser() -> Settings.Speech.Synthesiser? {
    let model = text("TTS_MODEL")
    let voice = text("TTS_VOICE")
    let key = bearer("TTS_API_KEY")
    let isSelfHosted = flag("TTS_SELF_HOSTED")
    guard let url = speechURL("TTS_URL", beside: [model, voice, key]) else { return nil }
    return Settings.Speech.Synthesiser(
      url: url, model: model ?? "tts-1", voice: voice ?? "alloy",
      isSelfHosted: isSelfHosted, key: key)
  }

  /// People copy such addresses with and without the version.
  private mutating func speechURL(_ name: String, beside others: [String?]) -> String? {
    guard text(name) != nil else {
      if others.contains(where: { $0 != nil }) {
        report("\(name) is missing beside the settings that belong to it")
      }
      return nil
    }
    guard let url = url(name) else { return nil }
    return url.hasSuffix(Self.versionPath) ? String(url.dropLast(Self.versionPath.count)) : url
  }

  /// A key that goes into a header as it is.
  private mutating func bearer(_ name: String) -> String? {
    guard let key = text(name, isSecret: true) else { return nil }
    guard key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      return refuse("\(name) holds a character that no key has")
    }
    return key
  }
}
