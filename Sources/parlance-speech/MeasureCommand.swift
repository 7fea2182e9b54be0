import Foundation
import Media

/// What reading and making sound costs here, and whether memory stays flat over many recordings.
struct MeasureCommand {
  private static let soundMs = 10_000
  private static let noteMs = 2_000
  private static let rounds = 20
  private static let reportEvery = 250

  let notes: Int

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
    watchMemory(SampleFiles.voiceLike(lengthMs: Self.noteMs))
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

  private func watchMemory(_ sound: PCMAudio) {
    SpeechProgram.say("memory in MB while notes are read and made")
    do throws(MediaFault) {
      let note = try AudioEncoder.oggOpus(sound)
      for number in 0...notes {
        if number % Self.reportEvery == 0 {
          SpeechProgram.say(String(format: "%8.1f  after %d", residentMegabytes(), number))
        }
        _ = try AudioEncoder.oggOpus(try AudioDecoder.decode(note).audio)
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
