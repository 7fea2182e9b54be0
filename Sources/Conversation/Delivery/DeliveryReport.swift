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

  package init(channel: Channel, providerID: String, state: State, at: Timestamp) {
    self.channel = channel
    self.providerID = providerID
    self.state = state
    self.at = at
  }
}
