import Media
import Speech

/// Speaks a text with the voice that is asked for, and what that voice cannot read with another.
struct Speaker {
  private static let textCharactersMax = 2_000
  private static let restMs = 120

  let espeak: Espeak

  func speak(_ text: String, with voice: Voice) throws(SpeechFault) -> PCMAudio {
    guard text.count <= Self.textCharactersMax else { throw .textNotSpeakable }
    let runs = ScriptRun.runs(of: text)
    guard !runs.isEmpty else { throw .textNotSpeakable }
    var spoken: [PCMAudio] = []
    for run in runs { spoken.append(try speak(run, with: voice)) }
    guard let rate = spoken.first?.sampleRate, spoken.count > 1 else {
      return spoken.first ?? PCMAudio(samples: [], sampleRate: PCMAudio.speechRate)
    }
    return try Self.joined(spoken, rate: rate)
  }

  private func speak(_ run: ScriptRun, with voice: Voice) throws(SpeechFault) -> PCMAudio {
    let rate = voice.wordsPerMinute
    switch (voice.engine, run.script) {
    case (.flite, .latin):
      do throws(SpeechFault) {
        return try Flite.speak(run.text, voice: voice.name, wordsPerMinute: rate)
      } catch {
        guard error == .unavailable else { throw error }
        return try espeak.speak(run.text, voice: "en-us", wordsPerMinute: rate)
      }
    case (.flite, .arabic):
      return try espeak.speak(run.text, voice: "fa", wordsPerMinute: rate)
    case (.espeak, .latin) where Self.isOfArabicScript(voice.language):
      return try Flite.speak(run.text, voice: "slt", wordsPerMinute: rate)
    case (.espeak, _):
      return try espeak.speak(run.text, voice: voice.name, wordsPerMinute: rate)
    case (.provider, _):
      throw .unavailable
    }
  }

  private static func isOfArabicScript(_ language: String) -> Bool {
    ["fa", "ar", "ur"].contains(language.prefix(2))
  }

  private static func joined(
    _ parts: [PCMAudio], rate: Int
  ) throws(SpeechFault) -> PCMAudio {
    let rest = Array(repeating: Int16(0), count: rate * restMs / 1_000)
    var samples: [Int16] = []
    for part in parts {
      if !samples.isEmpty { samples += rest }
      do {
        samples += part.sampleRate == rate ? part.samples : try part.resampled(to: rate).samples
      } catch {
        throw .worker
      }
    }
    return PCMAudio(samples: samples, sampleRate: rate)
  }
}
