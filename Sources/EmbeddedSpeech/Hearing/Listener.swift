import Media
import Speech

/// The recogniser and what it needs to know, used by one thread at a time.
struct Listener {
  private let models: SpeechModels
  private var decoder: Decoder?

  init(_ models: SpeechModels) { self.models = models }

  mutating func read(_ audio: PCMAudio, against text: String) throws(SpeechFault) -> Reading {
    guard let text = SpokenText(text) else { throw .textNotSpeakable }
    let sound = try Self.sound(audio, upToMs: Limits.readingMsMax)
    guard !text.words.isEmpty else {
      return Reading(verdict: .notScorable, durationMs: sound.durationMs)
    }
    if sound.isSilent { return Reading(verdict: .silent, durationMs: sound.durationMs) }
    let decoder = try freshDecoder()
    let maker = SlotMaker(decoder: decoder)
    var slots: [Slot] = []
    for word in text.spoken {
      guard let slot = maker.slot(for: word, withVariants: true) else {
        return Reading(verdict: .notScorable, durationMs: sound.durationMs)
      }
      slots.append(slot)
    }
    let segments = try decoder.decode(
      sound.samples, with: Grammar(reading: slots, hesitations: maker.hesitations()))
    let alignment = Alignment(segments, to: slots)
    return ReadingJudge(text, slots, alignment, sound).reading()
  }

  mutating func choose(
    _ audio: PCMAudio, among sentences: [String]
  ) throws(SpeechFault) -> SentenceChoice {
    guard sentences.count <= Limits.sentencesMax else { throw .textNotSpeakable }
    let texts = sentences.compactMap(SpokenText.init)
    guard texts.count == sentences.count,
      texts.reduce(0, { $0 + $1.spoken.count }) <= Limits.wordsInAllMax
    else { throw .textNotSpeakable }
    let sound = try Self.sound(audio, upToMs: Limits.answerMsMax)
    if sound.isSilent { return SentenceChoice(outcome: .silent) }
    let decoder = try freshDecoder()
    let maker = SlotMaker(decoder: decoder)
    // A sentence with a word that nobody can pronounce cannot be heard, the others can.
    let branches = texts.map { text in
      let slots = text.spoken.compactMap { maker.slot(for: $0, withVariants: false) }
      return slots.count == text.spoken.count ? slots : []
    }
    guard branches.contains(where: { !$0.isEmpty }) else {
      return SentenceChoice(outcome: .none)
    }
    let segments = try decoder.decode(sound.samples, with: Grammar(choosing: branches))
    return SentenceJudge(branches, segments, sound).choice()
  }

  /// The words that were added stay in a decoder, so it begins anew some time.
  private mutating func freshDecoder() throws(SpeechFault) -> Decoder {
    if let decoder, decoder.addedCount < Limits.addedWordsMax { return decoder }
    decoder = nil
    let fresh = try Decoder(models)
    decoder = fresh
    return fresh
  }

  private static func sound(
    _ audio: PCMAudio, upToMs durationMs: Int
  ) throws(SpeechFault) -> Sound {
    let samplesMax = audio.sampleRate * durationMs / 1_000
    let beginning = PCMAudio(
      samples: Array(audio.samples.prefix(samplesMax)), sampleRate: audio.sampleRate)
    guard audio.sampleRate != PCMAudio.speechRate, !audio.samples.isEmpty else {
      return Sound(beginning)
    }
    do {
      return Sound(try beginning.resampled(to: PCMAudio.speechRate))
    } catch {
      throw .media(.unsupported)
    }
  }
}
