import Foundation
import Media
import Speech

/// Where the trial's recordings come from: voices through a voice note and back, noise, readers.
enum TrialAudio {
  static let voices = ["rms", "slt", "awb", "kal16"]
  static let accents = ["en-us", "en-gb", "en-gb-scotland", "en-029"]
  private static let readers = "/usr/share/pocketsphinx/test/data"
  private static let wordsPerMinute = 190
  private static let accentWordsPerMinute = 140

  /// - Returns: `nil` when the voice is not installed.
  static func spoken(_ text: String, voice: String) -> PCMAudio? {
    // Voices beside the two that are linked need not be there.
    try? throughVoiceNote(Flite.speak(text, voice: voice, wordsPerMinute: wordsPerMinute))
  }

  static func accented(_ text: String, voice: String) -> PCMAudio? {
    // espeak-ng need not be there.
    try? throughVoiceNote(
      Espeak(path: Espeak.usualPath).speak(
        text, voice: voice, wordsPerMinute: accentWordsPerMinute))
  }

  /// What a messenger makes of a recording.
  static func throughVoiceNote(_ audio: PCMAudio) throws -> PCMAudio {
    try AudioDecoder.decode(AudioEncoder.oggOpus(audio)).audio
  }

  /// White noise so many dB below the mean of the whole recording.
  static func noisy(_ audio: PCMAudio, signalToNoise: Double, seed: UInt64) -> PCMAudio {
    let power = audio.samples.reduce(0.0) { $0 + Double($1) * Double($1) }
    let mean = power / Double(max(audio.samples.count, 1))
    let rms = (mean / pow(10, signalToNoise / 10)).squareRoot()
    var noise = NoiseGenerator(seed: seed)
    let samples = audio.samples.map { sample in
      Int16(max(-32_768, min(32_767, Double(sample) + noise.next() * rms)))
    }
    return PCMAudio(samples: samples, sampleRate: audio.sampleRate)
  }

  /// Readers whose first language is English, with what they read; none where Debian's
  /// `pocketsphinx-testdata` is not installed.
  static func humanReadings() -> [(text: String, audio: PCMAudio)] {
    ["librivox/transcription", "cards/cards.transcription"].flatMap { list in
      // Without the package there are none.
      let lines = (try? String(contentsOfFile: "\(readers)/\(list)", encoding: .utf8)) ?? ""
      let folder = String(list.prefix { $0 != "/" })
      return lines.split(separator: "\n").compactMap { humanReading(of: $0, in: folder) }
    }
  }

  private static func humanReading(
    of line: Substring, in folder: String
  ) -> (text: String, audio: PCMAudio)? {
    guard let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")")
    else { return nil }
    let name = line[line.index(after: open)..<close]
    let words = line[..<open].split(separator: " ").filter { !$0.hasPrefix("<") }
    guard let bytes = FileManager.default.contents(atPath: "\(readers)/\(folder)/\(name).wav"),
      // A recording that cannot be read is left out.
      let audio = try? throughVoiceNote(AudioDecoder.decode([UInt8](bytes)).audio)
    else { return nil }
    return (words.joined(separator: " "), audio)
  }
}
