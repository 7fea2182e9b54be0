/// What a provider believes was said freely.
package struct Transcript: Codable, Sendable, Equatable {
  /// With the swear words a recogniser makes up masked.
  package var text: String
  /// By its two-letter code, when the provider names it.
  package var language: String?
  package var durationMs: Int?
  /// From 0 to 1, when the provider says.
  package var confidence: Double?

  package init(
    text: String, language: String? = nil, durationMs: Int? = nil, confidence: Double? = nil
  ) {
    self.text = text
    self.language = language
    self.durationMs = durationMs
    self.confidence = confidence
  }
}
