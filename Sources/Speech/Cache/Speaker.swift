package import Conversation

/// Speaks texts, our own ones out of the cache.
package struct Speaker: Sendable {
  private let synthesiser: any Synthesiser
  private let engineVersion: String
  private let cache: SpeechCache
  private let time: TimeSource

  package init(
    _ synthesiser: any Synthesiser, engineVersion: String, cache: SpeechCache, time: TimeSource
  ) {
    self.synthesiser = synthesiser
    self.engineVersion = engineVersion
    self.cache = cache
    self.time = time
  }

  /// - Parameter isShared: whether the text is ours, the same for everybody. What a person wrote or
  ///   said, and what was made for one person, is never kept.
  package func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat, isShared: Bool
  ) async throws(SpeechFault) -> SpokenAudio {
    guard isShared else { return try await synthesiser.speak(text, with: voice, as: format) }
    let spoken = SpokenText(
      text: text, voice: voice, format: format, engineVersion: engineVersion)
    if let kept = await kept(spoken) { return kept }
    let audio = try await synthesiser.speak(text, with: voice, as: format)
    // What could not be kept is spoken again next time.
    _ = try? await cache.keep(audio, of: spoken, at: time.now())
    return audio
  }

  private func kept(_ text: SpokenText) async -> SpokenAudio? {
    // A store that cannot be read must not keep the bot from speaking.
    (try? await cache.audio(of: text, at: time.now())) ?? nil
  }
}
