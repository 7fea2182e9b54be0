/// What the process that handles sound is asked to do. What is to be heard comes beside it, as the
/// body of the frame.
package enum WorkerTask: Codable, Sendable, Equatable {
  /// Says what it can do.
  case describe
  /// Makes a WAVE file of 16 kHz and one channel of a recording of any kind.
  case wave
  case measure
  /// Makes a voice note, or sound for the web, of a recording of any kind.
  case convert(SpokenFormat)
  case read(text: String)
  case choose(sentences: [String])
  case speak(text: String, voice: Voice, format: SpokenFormat)
}

/// One request to the process that handles sound.
package struct WorkerRequest: Codable, Sendable, Equatable {
  package var number: Int
  /// It gives up by itself after so long, should nobody be left to end it.
  package var deadlineMs: Int
  package var task: WorkerTask

  package init(number: Int, deadlineMs: Int, task: WorkerTask) {
    self.number = number
    self.deadlineMs = deadlineMs
    self.task = task
  }
}

/// One answer of it. Sound comes as the body of the frame.
package struct WorkerAnswer: Codable, Sendable, Equatable {
  package enum Outcome: Codable, Sendable, Equatable {
    case abilities(WorkerAbilities)
    case sound(durationMs: Int, isCut: Bool)
    case levels(SoundLevels)
    case reading(Reading)
    case choice(SentenceChoice)
    case fault(SpeechFault)
  }

  /// Of the request.
  package var number: Int
  package var outcome: Outcome

  package init(number: Int, outcome: Outcome) {
    self.number = number
    self.outcome = outcome
  }
}

/// What the process that handles sound can do on this machine.
package struct WorkerAbilities: Codable, Sendable, Equatable {
  /// Whether it can follow somebody who reads a known text.
  package var reads: Bool
  package var engines: [Voice.Engine]

  package init(reads: Bool, engines: [Voice.Engine]) {
    self.reads = reads
    self.engines = engines
  }
}
