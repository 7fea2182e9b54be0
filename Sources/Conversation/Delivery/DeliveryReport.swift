package import Storage

/// What a provider says later about a message it has taken: a status or a receipt.
package struct DeliveryReport: Sendable, Equatable {
  package enum State: Sendable, Equatable {
    case sent
    case delivered
    case read
    case failed(Failure, reason: String)
  }

  /// What a failure means for what comes next.
  package enum Failure: Sendable, Equatable {
    /// This message alone will not arrive.
    case final
    /// It may be sent again after a while.
    case passing(delayMs: Int64)
    /// The time in which we may write freely is over.
    case windowClosed
    /// The person cannot be reached on this address any more.
    case unreachable
  }

  package let channel: Channel
  /// The provider's id of the message, as its answer to the call had it.
  package let providerID: String
  package let state: State
  package let at: Timestamp
  /// Our own mark of the call, where the provider gives back what the call carried. It tells what
  /// became of a call whose answer was lost.
  package let reference: CallReference?

  package init(
    channel: Channel, providerID: String, state: State, at: Timestamp,
    reference: CallReference? = nil
  ) {
    self.channel = channel
    self.providerID = providerID
    self.state = state
    self.at = at
    self.reference = reference
  }
}

/// One try to send one delivery, as a text that a provider can carry and give back.
package struct CallReference: Sendable, Equatable {
  package let conversation: ID<ConversationRecord>
  package let position: Int
  package let attempt: Int

  package init(conversation: ID<ConversationRecord>, position: Int, attempt: Int) {
    self.conversation = conversation
    self.position = position
    self.attempt = attempt
  }

  /// Nil when the text is none of ours.
  package init?(_ text: String) {
    let fields = text.split(separator: ".", omittingEmptySubsequences: false)
    guard fields.count == 3, !fields[0].isEmpty, let position = Int(fields[1]),
      let attempt = Int(fields[2])
    else { return nil }
    self.init(conversation: ID(String(fields[0])), position: position, attempt: attempt)
  }

  /// Letters, digits and dots.
  package var text: String { "\(conversation.text).\(position).\(attempt)" }
}

extension OutgoingCall {
  /// What a provider that echoes something should be given to echo.
  package var reference: CallReference {
    CallReference(
      conversation: delivery.conversation, position: delivery.position,
      attempt: delivery.attempt)
  }
}
