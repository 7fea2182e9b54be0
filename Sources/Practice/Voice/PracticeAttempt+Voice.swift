import Conversation
import Speech

extension Content.Attachment {
  /// Whether somebody speaks in it.
  var isSpoken: Bool {
    switch kind {
    case .audio, .video, .voice: true
    case .document, .image: false
    }
  }
}

extension PracticeAttempt {
  init(_ outcome: VoiceOutcome, task: VoiceState.Task) {
    id = outcome.attempt
    kind = outcome.reading == nil ? .voice : .read
    switch task {
    case .free: item = nil
    case .item(let id): item = id
    case .topic(let topic, let question): item = "\(topic)/\(question)"
    }
    if let reading = outcome.reading {
      words = reading.words.count
      wordsRight = reading.words.count { $0.state == .said }
      wordsPerMinute = reading.wordsCorrectPerMinute
    } else {
      words = PatternWords.of(outcome.words ?? "").count
      corrections = outcome.advice?.corrections.count
    }
  }
}
