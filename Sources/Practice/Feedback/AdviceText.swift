import Conversation

/// Advice in the learner's words.
enum AdviceText {
  /// Whether it is said where the advice comes from: once in a conversation is enough.
  static func parts(_ advice: Advice, form: WordsForm, namesSource: Bool, _ turn: Turn) -> [String]
  {
    var parts: [String] = []
    if let praise = advice.praise {
      parts.append("👍 " + Markup.escape(praise))
    } else if advice.corrections.isEmpty {
      parts.append(
        turn.phrase(advice.source == .model ? AdvicePhrase.allGood : .nothingFound))
    }
    if !advice.corrections.isEmpty {
      let lines = advice.corrections.map { line($0, turn) }
      parts.append(([turn.phrase(AdvicePhrase.corrections)] + lines).joined(separator: "\n"))
    }
    if let better = advice.better {
      parts.append(turn.phrase(AdvicePhrase.better, ["text": .text(better)]))
    }
    if let next = advice.next { parts.append("➡️ " + Markup.escape(next)) }
    if namesSource, let note = note(on: advice.source, turn) { parts.append("_\(note)_") }
    return parts
  }

  /// One correction on a line.
  static func line(_ correction: Correction, _ turn: Turn) -> String {
    let change: [String: PhraseValue] = [
      "said": .text(correction.said), "right": .text(correction.right),
    ]
    let head = turn.phrase(AdvicePhrase.correction, change)
    switch correction.reason {
    case .words(let words): return head + " – " + Markup.escape(words)
    case .rule(let rule):
      let reason = turn.phrase(key: "feedback.\(rule)", change)
      // A rule that has no words of its own yet is shown without a reason.
      return reason.hasPrefix("[feedback.") ? head : head + " – " + reason
    }
  }

  private static func note(on source: Advice.Source, _ turn: Turn) -> String? {
    switch source {
    case .model: nil
    case .basic: turn.phrase(AdvicePhrase.basic)
    case .basicInstead: turn.phrase(AdvicePhrase.basicInstead)
    case .basicOverBudget: turn.phrase(AdvicePhrase.basicOverBudget)
    }
  }
}

enum AdvicePhrase: String, Phrase {
  case allGood = "advice.all_good"
  case basic = "advice.basic"
  case basicInstead = "advice.basic_instead"
  case basicOverBudget = "advice.basic_over_budget"
  case better = "advice.better"
  case correction = "advice.correction"
  case corrections = "advice.corrections"
  case nothingFound = "advice.nothing_found"
}
