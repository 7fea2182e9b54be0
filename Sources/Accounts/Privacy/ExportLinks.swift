import Conversation

/// What is said when somebody asks for their data and it cannot come as a file: a link, where
/// their device can open one.
struct ExportLinks: Sendable {
  let tickets: ExportTickets
  let reach: Accounts.Reach

  func text(_ turn: Turn) throws -> String {
    guard let base = base(for: turn.channel) else {
      return turn.phrase(PrivacyPhrase.exportElsewhere)
    }
    guard let token = try tickets.issue(turn) else {
      return turn.phrase(PrivacyPhrase.tooManyExports)
    }
    return turn.phrase(
      PrivacyPhrase.exportLink, ["url": .text(base + ExportTickets.path + token)])
  }

  /// An address that the person's own device can open.
  private func base(for channel: Channel) -> String? {
    switch channel {
    case .webchat, .terminal: reach.publicURL ?? reach.localURL
    case .telegram, .whatsapp, .sms: reach.publicURL
    }
  }
}
