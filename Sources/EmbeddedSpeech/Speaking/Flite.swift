import CFlite
import Glibc
import Media
import Speech
import Synchronization

/// The English synthesiser. Its library keeps state of its own and promises nothing about threads,
/// so there is one of it in the process, behind a lock.
enum Flite {
  private static let library = Mutex(FliteLibrary())

  /// - Parameter wordsPerMinute: about; kept within what stays intelligible.
  static func speak(
    _ text: String, voice: String, wordsPerMinute: Int
  ) throws(SpeechFault) -> PCMAudio {
    let spoken = library.withLock { library in
      library.speak(text, voice: voice, wordsPerMinute: wordsPerMinute)
    }
    guard let spoken else { throw .unavailable }
    guard !spoken.samples.isEmpty else { throw .textNotSpeakable }
    return spoken
  }

  /// How a word is pronounced, by the dictionary or by the rules of spelling, as flite's phones
  /// with stress (`ax`, `ih1`).
  static func phones(of word: String) -> [String] {
    library.withLock { library in library.phones(of: word) }
  }
}

/// What flite keeps: voices are made when they are first asked for, and stay.
// Proof: it is only reached through the mutex of `Flite`, and its pointers never leave it.
private struct FliteLibrary: @unchecked Sendable {
  /// What both voices take by themselves.
  private static let usualWordsPerMinute = 190.0
  private static let stretches = 0.6...2.0
  private static let seed: UInt32 = 1

  private var voices: [String: UnsafeMutablePointer<cst_voice>] = [:]
  private var dictionary: UnsafeMutablePointer<cst_lexicon>?

  mutating func speak(_ text: String, voice name: String, wordsPerMinute: Int) -> PCMAudio? {
    guard let voice = voice(name) else { return nil }
    let stretch = Self.usualWordsPerMinute / Double(max(wordsPerMinute, 1))
    let kept = min(max(stretch, Self.stretches.lowerBound), Self.stretches.upperBound)
    flite_set_stretch(voice, Float(kept))
    // The breath in a voice is drawn from the process's own chance: begun anew, the same text
    // always sounds the same, so that tests and measurements can be repeated.
    srand(Self.seed)
    guard let wave = flite_text_to_wave(text, voice) else {
      return PCMAudio(samples: [], sampleRate: PCMAudio.speechRate)
    }
    defer { delete_wave(wave) }
    let samples = UnsafeBufferPointer(
      start: wave.pointee.samples, count: Int(max(wave.pointee.num_samples, 0)))
    return PCMAudio(samples: Array(samples), sampleRate: Int(wave.pointee.sample_rate))
  }

  mutating func phones(of word: String) -> [String] {
    if dictionary == nil {
      flite_init()
      dictionary = cmulex_init()
    }
    guard let dictionary, let list = lex_lookup(dictionary, word, nil, nil) else { return [] }
    defer { delete_val(list) }
    var phones: [String] = []
    var rest: UnsafePointer<cst_val>? = UnsafePointer(list)
    while let item = rest, phones.count < Limits.phonesMax {
      if let phone = flite_list_string(item) { phones.append(String(cString: phone)) }
      rest = flite_list_rest(item)
    }
    return phones
  }

  private mutating func voice(_ name: String) -> UnsafeMutablePointer<cst_voice>? {
    if let voice = voices[name] { return voice }
    flite_init()
    let made = (Self.makers[name] ?? Self.installedMaker(name)).flatMap { $0(nil) }
    voices[name] = made
    return made
  }

  /// Voices beside the two that are linked, loaded when somebody asks for one: they are large.
  private static func installedMaker(_ name: String) -> Maker? {
    guard others.contains(name), let library = dlopen("libflite_cmu_us_\(name).so.1", RTLD_NOW),
      let symbol = dlsym(library, "register_cmu_us_\(name)")
    else { return nil }
    return unsafeBitCast(symbol, to: Maker.self)
  }

  private static let others = ["awb", "kal", "kal16"]
  private typealias Maker =
    @convention(c) (UnsafePointer<CChar>?) ->
    UnsafeMutablePointer<cst_voice>?
  private static let makers: [String: Maker] = [
    "rms": register_cmu_us_rms, "slt": register_cmu_us_slt,
  ]
}
