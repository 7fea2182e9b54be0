import Foundation

/// What a recogniser answers: OpenAI's `json` and `verbose_json`, which the others copy.
struct HeardAnswer: Decodable {
  private struct Segment: Decodable {
    let start: Double?
    let end: Double?
    let avgLogprob: Double?
    let noSpeechProb: Double?

    private enum CodingKeys: String, CodingKey {
      case start, end
      case avgLogprob = "avg_logprob"
      case noSpeechProb = "no_speech_prob"
    }

    var seconds: Double { max((end ?? 0) - (start ?? 0), 0) }

    /// Whisper's own rule for a stretch in which nobody speaks, whatever text it made of it.
    var isSilent: Bool { noSpeechProb ?? 0 > 0.6 && avgLogprob ?? 0 < -1 }
  }

  private let text: String
  private let language: String?
  private let duration: Double?
  private let segments: [Segment]?

  private static let textLengthMax = 20_000
  /// As the recognisers that do not give a code name what people here speak.
  private static let codes = [
    "arabic": "ar", "english": "en", "french": "fr", "german": "de", "persian": "fa",
    "spanish": "es", "turkish": "tr",
  ]

  var transcript: Transcript {
    let heard = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return Transcript(
      text: isSilent ? "" : ProfanityMask.masked(String(heard.prefix(Self.textLengthMax))),
      language: language.flatMap(Self.code),
      durationMs: duration.flatMap { Int(exactly: ($0 * 1_000).rounded()) }, confidence: confidence)
  }

  private var isSilent: Bool {
    guard let segments, !segments.isEmpty else { return false }
    return segments.allSatisfy(\.isSilent)
  }

  /// The mean probability of its pieces, weighted by their length.
  private var confidence: Double? {
    let told = (segments ?? []).compactMap { segment in
      segment.avgLogprob.map { (probability: exp(min($0, 0)), seconds: segment.seconds) }
    }
    let seconds = told.reduce(0) { $0 + $1.seconds }
    guard seconds > 0 else { return nil }
    return told.reduce(0) { $0 + $1.probability * $1.seconds } / seconds
  }

  private static func code(_ language: String) -> String? {
    let name = language.lowercased()
    return name.utf8.count == 2 ? name : codes[name]
  }
}
