import Conversation

/// What a talk says besides the partner's words.
enum TalkText {
  /// While talking one thing is enough.
  private static let correctionsPerLineMax = 1

  /// What was heard, and what to say otherwise when that is told as we go.
  static func lead(
    _ outcome: TalkOutcome, isSpoken: Bool, _ style: CorrectionTime, _ turn: Turn
  ) -> String? {
    var parts: [String] = []
    if isSpoken, let words = outcome.words {
      parts.append(turn.phrase(PracticePhrase.heard, ["text": .text(words)]))
    }
    if style == .asWeGo {
      parts += outcome.corrections.prefix(correctionsPerLineMax).map {
        "✏️ " + AdviceText.line($0, turn)
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }

  static func farewell(_ state: TalkState, _ turn: Turn) -> String {
    var parts = [turn.phrase(TalkPhrase.farewell, ["answers": .number(state.answers)])]
    if !state.corrections.isEmpty {
      parts.append(
        ([turn.phrase(AdvicePhrase.corrections)]
          + state.corrections.map { AdviceText.line($0, turn) }).joined(separator: "\n"))
    }
    if state.xp > 0 { parts.append(turn.phrase(PracticePhrase.xp, ["xp": .number(state.xp)])) }
    return parts.joined(separator: "\n\n")
  }
}

enum TalkPhrase: String, Phrase {
  case again = "talk.again"
  case cannotListen = "talk.cannot_listen"
  case chooseFirst = "talk.choose_first"
  case chooseTopic = "talk.choose_topic"
  case end = "talk.end"
  case farewell = "talk.farewell"
  case guidedIntroduction = "talk.guided_introduction"
  case introduction = "talk.introduction"
  case overBudget = "talk.over_budget"
  case partnerSilent = "talk.partner_silent"
  case persona = "talk.persona"
  case topicDone = "talk.topic_done"
  case wordsOnly = "talk.words_only"

  static let buttons: [TalkPhrase] = [.again, .end, .persona]
}
