import Conversation
import Storage

/// Which messages may go to one of a person's channels, by what they are for: shown, and changed
/// with buttons that say yes or no and mean the same however often they are pressed.
struct MessageChoices {
  private struct Kind {
    let purpose: Purpose
    let isSent: PrivacyPhrase
    let isNotSent: PrivacyPhrase
    let allow: PrivacyPhrase
    let stop: PrivacyPhrase

    /// What a button carries that says so.
    func id(isAllowed: Bool) -> String { "\(purpose.rawValue)-\(isAllowed ? "yes" : "no")" }
  }

  /// What people choose; answers come until they say stop.
  private static let kinds = [
    Kind(
      purpose: .reminders, isSent: .remindersYes, isNotSent: .remindersNo,
      allow: .allowReminders, stop: .stopReminders),
    Kind(
      purpose: .marketing, isSent: .marketingYes, isNotSent: .marketingNo,
      allow: .allowMarketing, stop: .stopMarketing),
  ]
  private static let otherPrefix = "at-"

  let all: [PersonConversations.Entry]
  let shown: PersonConversations.Entry

  /// - Returns: nil when that conversation is no longer the person's.
  init?(of conversation: ID<ConversationRecord>, _ turn: Turn) throws {
    all = try PersonConversations.all(of: turn.person.id, in: turn.database)
    guard let entry = all.first(where: { $0.id == conversation }) else { return nil }
    shown = entry
  }

  func text(_ turn: Turn) throws -> String {
    let channel = PhraseValue.markup(turn.phrase(ChannelPhrase(shown.channel)))
    var lines = [turn.phrase(PrivacyPhrase.messagesOn, ["channel": channel])]
    guard shown.stoppedAt == nil else {
      lines.append(turn.phrase(PrivacyPhrase.messagesStopped, ["channel": channel]))
      return lines.joined(separator: "\n")
    }
    lines.append("• " + turn.phrase(PrivacyPhrase.messagesService))
    for kind in Self.kinds {
      lines.append("• " + turn.phrase(try isAllowed(kind, turn) ? kind.isSent : kind.isNotSent))
    }
    return lines.joined(separator: "\n")
  }

  /// The opposite of how each purpose stands, and the person's other channels.
  func choices(_ turn: Turn) throws -> [Choice] {
    var choices: [Choice] = []
    if shown.stoppedAt == nil {
      for kind in Self.kinds {
        let isAllowed = try isAllowed(kind, turn)
        choices.append(
          Choice(
            kind.id(isAllowed: !isAllowed), turn.phrase(isAllowed ? kind.stop : kind.allow)))
      }
    }
    for other in all where other.id != shown.id {
      choices.append(
        Choice(Self.otherPrefix + other.id.text, turn.phrase(ChannelPhrase(other.channel))))
    }
    return choices
  }

  /// The channel a button leads to.
  func other(_ choice: String) -> ID<ConversationRecord>? {
    guard choice.hasPrefix(Self.otherPrefix) else { return nil }
    let id = ID<ConversationRecord>(String(choice.dropFirst(Self.otherPrefix.count)))
    return all.contains { $0.id == id } ? id : nil
  }

  /// Writes into the ledger what a button says.
  ///
  /// - Returns: whether the button says anything of that kind.
  func note(_ choice: String, _ turn: Turn) throws -> Bool {
    guard shown.stoppedAt == nil else { return false }
    for kind in Self.kinds {
      for isAllowed in [true, false] where choice == kind.id(isAllowed: isAllowed) {
        let evidence = Consent.Evidence(
          .setting, word: choice, conversation: turn.conversation, position: turn.inboundPosition)
        try Consent.record(
          kind.purpose, isAllowed ? .granted : .withdrawn, of: shown.id, by: evidence, at: turn.now,
          in: turn.database)
        return true
      }
    }
    return false
  }

  private func isAllowed(_ kind: Kind, _ turn: Turn) throws -> Bool {
    try Consent.allows(kind.purpose, shown.id, in: turn.database)
  }
}
