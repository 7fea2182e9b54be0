import EmbeddedSpeech
import Foundation
import Media
import Speech

/// What reading and making sound costs here, what a voice note takes from its bytes to those of a
/// spoken answer, and whether memory stays flat over many of them.
struct MeasureCommand {
  private static let soundMs = 10_000
  private static let noteRounds = 5
  private static let longText = """
    My brother works in a small bank near the river. Every morning he walks to the station and \
    buys a newspaper. On Friday he comes home early and we have dinner together in the garden.
    """
  private static let shortText = "Thank you very much for your letter"
  private static let answerText = """
    Well done. I could hear every word. Try the second sentence again, a little more slowly.
    """
  private static let rounds = 20
  private static let reportEvery = 250

  let notes: Int
  private let speech = EmbeddedSpeech()
  private let voice = Voice(
    engine: .flite, name: "rms", language: "en", wordsPerMinute: 190)

  init(notes: Int) { self.notes = notes }

  func run() {
    let sound = SampleFiles.voiceLike(lengthMs: Self.soundMs)
    SpeechProgram.say("processor time in µs for each second of sound")
    for file in SampleFiles.all(lengthMs: Self.soundMs) {
      say("read \(file.name)", cost { _ = try AudioDecoder.decode(file.bytes) })
    }
    say("measure", cost { _ = AudioLevels(sound) })
    say("make voice note", cost { _ = try AudioEncoder.oggOpus(sound) })
    say("make M4A", cost { _ = try AudioEncoder.m4a(sound) })
    say("make WAVE", cost { _ = AudioEncoder.wav(sound) })
    measureNote()
    watchMemory()
  }

  private func cost(_ work: () throws -> Void) -> Double? {
    do {
      // The first of its kind loads and sets up.
      try work()
      let begun = ResourceUse.now().processorMicroseconds
      for _ in 0..<Self.rounds { try work() }
      let used = ResourceUse.now().processorMicroseconds - begun
      return used / Double(Self.rounds) / (Double(Self.soundMs) / 1_000)
    } catch { return nil }
  }

  private func say(_ name: String, _ cost: Double?) {
    let figure = cost.map { String(format: "%8.0f", $0) } ?? "  failed"
    SpeechProgram.say("\(figure)  \(name)")
  }

  /// What is ours of the time between somebody's voice note and the spoken answer.
  private func measureNote() {
    do {
      let note = try AudioEncoder.oggOpus(speech.speak(Self.longText, with: voice))
      // The first one loads the models.
      var stages = try answer(note, Self.longText)
      let seconds = Double(try AudioDecoder.decode(note).audio.durationMs) / 1_000
      SpeechProgram.say(
        String(format: "a voice note of %.1f s: processor time in ms (of the first one)", seconds))
      let first = stages
      stages = Stages()
      for _ in 0..<Self.noteRounds { stages.add(try answer(note, Self.longText)) }
      for (name, microseconds) in stages.all {
        let before = first.all.first { $0.name == name }?.microseconds ?? 0
        let line = String(
          format: "%8.1f  (%.1f)  ", microseconds / Double(Self.noteRounds) / 1_000,
          before / 1_000)
        SpeechProgram.say(line + name)
      }
    } catch {
      SpeechProgram.say("failed: \(error)")
    }
  }

  /// All that is done for one note, with the processor time of each stage.
  private func answer(_ note: [UInt8], _ text: String) throws -> Stages {
    var stages = Stages()
    let sound = try stages.measure(\.decode) { try AudioDecoder.decode(note).audio }
    _ = try stages.measure(\.score) { try speech.read(sound, against: text) }
    let spoken = try stages.measure(\.synthesise) {
      try speech.speak(Self.answerText, with: voice)
    }
    _ = try stages.measure(\.encode) { try AudioEncoder.oggOpus(spoken) }
    return stages
  }

  private func watchMemory() {
    SpeechProgram.say("memory in MB while notes are read, scored and answered")
    do {
      let note = try AudioEncoder.oggOpus(speech.speak(Self.shortText, with: voice))
      for number in 0...notes {
        if number % Self.reportEvery == 0 {
          SpeechProgram.say(String(format: "%8.1f  after %d", residentMegabytes(), number))
        }
        _ = try answer(note, Self.shortText)
      }
    } catch {
      SpeechProgram.say("failed: \(error)")
    }
  }

  private func residentMegabytes() -> Double {
    // Told by Linux only; elsewhere nothing is known.
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
  }
}

/// Processor time, in microseconds.
private struct Stages {
  var decode = 0.0
  var score = 0.0
  var synthesise = 0.0
  var encode = 0.0

  var all: [(name: String, microseconds: Double)] {
    [
      ("decode", decode), ("score", score), ("synthesise", synthesise), ("encode", encode),
      ("in all", decode + score + synthesise + encode),
    ]
  }

  mutating func measure<Made>(
    _ stage: WritableKeyPath<Stages, Double>, _ work: () throws -> Made
  ) rethrows -> Made {
    let begun = ResourceUse.now().processorMicroseconds
    defer { self[keyPath: stage] += ResourceUse.now().processorMicroseconds - begun }
    return try work()
  }

  mutating func add(_ other: Stages) {
    decode += other.decode
    score += other.score
    synthesise += other.synthesise
    encode += other.encode
  }
}
