import Conversation

/// What is answered when the policy has found something: kind, short, with a way to people. Nothing
/// is taught and nothing is earned then.
struct SafetyText: Sendable {
  /// Who runs the bot, and so whom to write to.
  let operatorName: String

  func reply(to kind: SafetyKind, _ turn: Turn) -> Reply {
    var parts = [turn.phrase(SafetyPhrase(kind))]
    switch kind {
    case .abuse, .selfHarm:
      parts.append(turn.phrase(SafetyPhrase.route))
      parts.append(turn.phrase(SafetyPhrase.contact, ["operator": .text(operatorName)]))
    case .minors: parts.append(turn.phrase(SafetyPhrase.route))
    case .sexual: break
    }
    return Reply(
      parts.joined(separator: "\n\n"),
      choices: [.command("menu", turn.phrase(PracticePhrase.menu))], acceptsText: true)
  }

  /// Raises the flag and answers.
  func answer(_ kind: SafetyKind, _ turn: Turn) throws {
    try SafetyStore.raise(kind, turn)
    try turn.say(reply(to: kind, turn))
  }
}

enum SafetyPhrase: String, Phrase {
  case abuse = "safety.abuse"
  case contact = "safety.contact"
  case minors = "safety.minors"
  case route = "safety.route"
  case selfHarm = "safety.self_harm"
  case sexual = "safety.sexual"

  init(_ kind: SafetyKind) {
    self =
      switch kind {
      case .abuse: .abuse
      case .minors: .minors
      case .selfHarm: .selfHarm
      case .sexual: .sexual
      }
  }
}
