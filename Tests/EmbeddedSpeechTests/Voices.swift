import EmbeddedSpeech
import Media
import Speech

/// One recogniser and synthesiser for all tests: it is behind a lock, and takes 30 MB.
let speech = EmbeddedSpeech()

func voice(_ name: String, wordsPerMinute: Int = 190) -> Voice {
  let isPersian = name == "fa"
  return Voice(
    engine: isPersian ? .espeak : .flite, name: name, language: isPersian ? "fa" : "en",
    wordsPerMinute: wordsPerMinute)
}

/// A text as a learner's voice note brings it: spoken, packed as Opus, unpacked.
func note(_ text: String, by name: String = "rms") throws -> PCMAudio {
  let spoken = try speech.speak(text, with: voice(name))
  return try AudioDecoder.decode(AudioEncoder.oggOpus(spoken)).audio
}

func silence(seconds: Int) -> PCMAudio {
  PCMAudio(
    samples: Array(repeating: 0, count: seconds * PCMAudio.speechRate),
    sampleRate: PCMAudio.speechRate)
}

/// White noise of one loudness, the same for the same seed.
func noise(seconds: Int, amplitude: Int, seed: UInt64) -> PCMAudio {
  var chance = SeededGenerator(seed: seed)
  let samples = (0..<(seconds * PCMAudio.speechRate)).map { _ in
    Int16(Int.random(in: -amplitude...amplitude, using: &chance))
  }
  return PCMAudio(samples: samples, sampleRate: PCMAudio.speechRate)
}

func add(_ noise: PCMAudio, to audio: PCMAudio) -> PCMAudio {
  let samples = zip(audio.samples, noise.samples).map { Int16(clamping: Int($0) + Int($1)) }
  return PCMAudio(samples: samples, sampleRate: audio.sampleRate)
}

func rms(_ audio: PCMAudio) -> Double {
  let power = audio.samples.reduce(0.0) { $0 + Double($1) * Double($1) }
  return (power / Double(max(audio.samples.count, 1))).squareRoot()
}
