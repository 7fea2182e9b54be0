package import Storage

/// What became of a message, and who has to be woken once it is committed.
package struct Receipt: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    case handled
    case duplicate
    /// Kept, but the turn failed; the person has been told.
    case failed
  }

  package var outcome: Outcome
  package let conversation: ID<ConversationRecord>?
  package let channel: Channel
  /// Where the answer goes.
  package let externalID: String
  package var hasDeliveries = false
  package var hasJobs = false
  /// A message of ours whose buttons have been used.
  package var settled: Settled?

  package struct Settled: Sendable, Equatable {
    package let position: Int
    package let token: String
  }

  init(
    outcome: Outcome, conversation: ID<ConversationRecord>?, channel: Channel, externalID: String
  ) {
    self.outcome = outcome
    self.conversation = conversation
    self.channel = channel
    self.externalID = externalID
  }

  static func duplicate(of inbound: Inbound) -> Receipt {
    Receipt(
      outcome: .duplicate, conversation: nil, channel: inbound.channel,
      externalID: inbound.sender.externalID)
  }
}
