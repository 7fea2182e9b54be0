import EmbeddedSpeech
import Foundation
import Speech

/// Measures how well known texts are recognised, on voices that are installed here.
struct BenchCommand {
  let every: Int
  let seed: Int

  func run() {
    let trial = SpeechTrial(every: every, seed: UInt64(bitPattern: Int64(seed))) { line in
      SpeechProgram.say(line)
    }
    do throws(SpeechFault) {
      try trial.run()
    } catch {
      SpeechProgram.say("failed: \(error)")
      exit(1)
    }
  }
}
