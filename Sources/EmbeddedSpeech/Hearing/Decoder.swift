import CPocketsphinx
import Speech

/// One PocketSphinx decoder, which finds the likeliest way through a grammar.
///
/// Used by one thread at a time. Every word that is added stays in its dictionary; who adds words
/// must look at `addedCount` and begin with a new decoder some time.
final class Decoder {
  static let framesPerSecond = 100
  /// Scores are logarithms to the base 1.0001, cut by ten bits: this many natural units each.
  private static let natsPerScore = 0.1024
  /// The default beams end what fits badly for a moment: a word in another's place costs some 200
  /// natural units before the text goes on as it should. Speech that is not in the text is heard
  /// as a noise oftener than by default, so that the words beside it are not stretched over it.
  private static let weights = [
    ("-beam", 1e-120), ("-wbeam", 1e-100), ("-pbeam", 1e-120), ("-fillprob", 1e-4),
  ]
  /// Normalises each frame to the best of all sounds, so that scores can be compared; does not
  /// drop silence, which would shift all times; takes the best path as it was found. Nearly all
  /// time goes into comparing each frame with every sound: two of the four densities of each, and
  /// looking for nearer ones in every second frame only, cost half and tell as much.
  private static let switches = [
    ("-compallsen", 1), ("-remove_silence", 0), ("-bestpath", 0), ("-topn", 2), ("-ds", 2),
  ]

  private(set) var addedCount = 0
  private let decoder: OpaquePointer
  private let settings: OpaquePointer
  private var known: [String: Bool] = [:]

  init(_ models: SpeechModels) throws(SpeechFault) {
    err_set_callback(nil, nil)
    guard let settings = sphinx_settings() else { throw .worker }
    cmd_ln_set_str_r(settings, "-hmm", models.acousticModelPath)
    cmd_ln_set_str_r(settings, "-dict", models.dictionaryPath)
    cmd_ln_set_str_r(settings, "-logfn", "/dev/null")
    for (name, value) in Self.weights { cmd_ln_set_float_r(settings, name, value) }
    for (name, value) in Self.switches { cmd_ln_set_int_r(settings, name, value) }
    guard let decoder = ps_init(settings) else {
      cmd_ln_free_r(settings)
      throw .unavailable
    }
    self.decoder = decoder
    self.settings = settings
  }

  deinit {
    ps_free(decoder)
    cmd_ln_free_r(settings)
  }

  /// How the dictionary pronounces a word, each way as its phones.
  func pronunciations(of word: String) -> [[String]] {
    var found: [[String]] = []
    while found.count < Limits.pronunciationsMax {
      let name = found.isEmpty ? word : "\(word)(\(found.count + 1))"
      guard let phones = ps_lookup_word(decoder, name) else { break }
      found.append(String(cString: phones).split(separator: " ").map(String.init))
      free(phones)
    }
    return found
  }

  /// Makes a pronunciation usable in a grammar, under a name that is made of its phones, so that
  /// the same one is never added twice.
  func name(for phones: [String], as kind: AddedWord = .wanted) -> String? {
    let name = kind.rawValue + phones.joined(separator: "_")
    if let isUsable = known[name] { return isUsable ? name : nil }
    let isUsable = ps_add_word(decoder, name, phones.joined(separator: " "), 0) >= 0
    known[name] = isUsable
    addedCount += 1
    return isUsable ? name : nil
  }

  /// The words of the likeliest way, silence and noises among them; empty when none leads through.
  func decode(_ samples: [Int16], with grammar: Grammar) throws(SpeechFault) -> [Segment] {
    try install(grammar)
    guard ps_start_utt(decoder) >= 0 else { throw .worker }
    // The whole clip at once: its own mean levels are then taken out of all of it.
    let processed = samples.withUnsafeBufferPointer {
      ps_process_raw(decoder, $0.baseAddress, $0.count, 0, 1)
    }
    guard ps_end_utt(decoder) >= 0, processed >= 0 else { return [] }
    return segments()
  }

  private func install(_ grammar: Grammar) throws(SpeechFault) {
    let logarithms = ps_get_logmath(decoder)
    let weight = Float(cmd_ln_float_r(settings, "-lw"))
    guard let model = fsg_model_init("text", logarithms, weight, Int32(grammar.stateCount))
    else { throw .worker }
    defer { fsg_model_free(model) }
    for arc in grammar.arcs {
      let word = fsg_model_word_add(model, arc.word)
      fsg_model_trans_add(
        model, Int32(arc.from), Int32(arc.to), logmath_log(logarithms, arc.probability), word)
    }
    for skip in grammar.skips {
      fsg_model_null_trans_add(
        model, Int32(skip.from), Int32(skip.to), logmath_log(logarithms, skip.probability))
    }
    model.pointee.start_state = Int32(grammar.start)
    model.pointee.final_state = Int32(grammar.end)
    guard ps_set_fsg(decoder, "text", model) >= 0, ps_set_search(decoder, "text") >= 0
    else { throw .worker }
  }

  private func segments() -> [Segment] {
    var score: Int32 = 0
    guard ps_get_hyp(decoder, &score) != nil else { return [] }
    var found: [Segment] = []
    var next = ps_seg_iter(decoder)
    while let segment = next {
      var first: Int32 = 0
      var last: Int32 = 0
      var acoustic: Int32 = 0
      ps_seg_frames(segment, &first, &last)
      ps_seg_prob(segment, &acoustic, nil, nil)
      let word = String(cString: ps_seg_word(segment))
      // Skipped words come as segments without a name and without length.
      if last >= first, word != "(NULL)" {
        found.append(
          Segment(
            word: word, firstFrame: Int(first), lastFrame: Int(last),
            cost: -Double(acoustic) * Self.natsPerScore))
      }
      next = ps_seg_next(segment)
    }
    return found
  }
}

/// Why a pronunciation was added to the dictionary; its name begins with this mark.
enum AddedWord: String {
  case wanted = "_"
  /// Said once more, or as a sound of somebody who thinks: no part of the text.
  case besides = "~"
}

/// One word of a way through a grammar.
struct Segment {
  /// As the dictionary names it, a silence as `<sil>`, a noise in brackets.
  let word: String
  let firstFrame: Int
  let lastFrame: Int
  /// How much worse it fits than the best sound of each frame, in natural units.
  let cost: Double

  var frames: Int { lastFrame - firstFrame + 1 }
  var costPerFrame: Double { cost / Double(frames) }
  var isFiller: Bool { word.hasPrefix("<") || word.hasPrefix("[") }
  var isSilence: Bool { word.hasPrefix("<") }
  var isBesides: Bool { word.hasPrefix(AddedWord.besides.rawValue) }
  /// Without the number of the pronunciation: `the(2)` is `the`.
  var plainWord: String { String(word.prefix { $0 != "(" }) }
}
