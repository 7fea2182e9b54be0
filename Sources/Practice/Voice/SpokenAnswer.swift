import Conversation
import Speech

/// What the voice says: always English, short, and never what the learner got wrong.
enum SpokenAnswer {
  static let betterLengthMax = 300

  static func text(
    _ outcome: VoiceOutcome, _ order: VoiceOrder, _ phrasebook: Phrasebook
  ) -> String {
    func phrase(_ phrase: SpokenPhrase) -> String {
      Markup.plain(phrasebook.text(phrase, in: .english))
    }
    if let problem = outcome.problem {
      let lead = phrase(lead(to: problem))
      guard let target = order.target else { return lead }
      return lead + " " + phrase(.listen) + " " + target
    }
    if let reading = outcome.reading {
      let isWhole = reading.words.allSatisfy { $0.state == .said }
      guard let target = order.target, !isWhole else { return phrase(.wellRead) }
      return phrase(.onceMore) + " " + target
    }
    if let better = outcome.advice?.better, better.count <= betterLengthMax {
      return phrase(.better) + " " + better
    }
    return phrase(.wellSaid)
  }

  private static func lead(to problem: VoiceOutcome.Problem) -> SpokenPhrase {
    switch problem {
    case .notUnderstood, .withheld: .cannotUnderstand
    case .notEnglish: .inEnglish
    case .otherText: .otherText
    case .damaged, .gone, .notAudio, .tooLarge, .silent, .unclear: .again
    }
  }
}

/// What is said aloud; the same in every language, as it is what is learnt.
enum SpokenPhrase: String, Phrase {
  case again = "spoken.again"
  case better = "spoken.better"
  case cannotUnderstand = "spoken.cannot_understand"
  case inEnglish = "spoken.in_english"
  case listen = "spoken.listen"
  case onceMore = "spoken.once_more"
  case otherText = "spoken.other_text"
  case wellRead = "spoken.well_read"
  case wellSaid = "spoken.well_said"
}
