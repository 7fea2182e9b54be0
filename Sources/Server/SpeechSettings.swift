extension Settings {
  /// Services that understand free speech and speak with better voices; without them the program
  /// does what it can by itself.
  package struct Speech: Sendable {
    package struct Service: Sendable {
      /// Without a slash at the end, and without `/v1`.
      package let url: String
      package let key: String?
      package let model: String
    }

    package let whisper: Service?
    package let voices: Service?
    /// The service's voice for our women and our men.
    package let femaleVoice: String
    package let maleVoice: String

    var secrets: [String] { [whisper?.key, voices?.key].compactMap(\.self) }
  }
}

extension SettingsCheck {
  mutating func speech() -> Settings.Speech {
    Settings.Speech(
      whisper: service("WHISPER", standardModel: "whisper-1"),
      voices: service("TTS", standardModel: "tts-1"),
      femaleVoice: text("TTS_VOICE_FEMALE") ?? "nova",
      maleVoice: text("TTS_VOICE_MALE") ?? "onyx")
  }

  private mutating func service(
    _ name: String, standardModel: String
  ) -> Settings.Speech.Service? {
    guard var url = url("\(name)_URL") else { return nil }
    // Some write the address as OpenAI's clients want it.
    if url.hasSuffix("/v1") { url.removeLast(3) }
    return Settings.Speech.Service(
      url: url, key: text("\(name)_API_KEY", isSecret: true),
      model: text("\(name)_MODEL") ?? standardModel)
  }
}
