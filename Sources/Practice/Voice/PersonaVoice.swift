import Language
import Speech

/// The voice a persona speaks English with.
enum PersonaVoice {
  /// Beginners hear it slower.
  private static let beginnersRate = 0.8
  private static let elementaryRate = 0.9

  static func voice(of persona: Persona?, level: CEFRLevel) -> Voice {
    let isMale = persona?.voice.gender == .male
    let rate = Double(persona?.voice.rateWordsPerMinute ?? 130)
    let slowed: Double
    switch level {
    case .a0, .a1: slowed = rate * beginnersRate
    case .a2: slowed = rate * elementaryRate
    case .b1, .b2, .c1, .c2: slowed = rate
    }
    return Voice(
      engine: .flite, name: isMale ? "rms" : "slt", language: "en",
      wordsPerMinute: Int(slowed.rounded()))
  }
}
