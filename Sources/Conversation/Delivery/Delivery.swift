package import Storage

/// One provider call: a message, an acknowledged press, buttons taken out of an older message.
package struct Delivery: Sendable, Equatable {
  package enum Kind: String, Sendable, SQLConvertible {
    case message
    /// Tells the provider that a press has arrived; `text` is the provider's id of it.
    case acknowledge
    /// Takes the buttons out of an older message; `text` is what it says now.
    case settle
  }

  package enum State: String, Sendable, SQLConvertible {
    case pending
    case sending
    case sent
    case delivered
    case read
    case failed
    case cancelled
    case unknown
  }

  package struct Button: Sendable, Equatable, Codable {
    package let token: String
    package let title: String

    package init(token: String, title: String) {
      self.token = token
      self.title = title
    }
  }

  package let conversation: ID<ConversationRecord>
  package let position: Int
  package let kind: Kind
  /// Light markup for a message.
  package let text: String
  package let buttons: [Button]
  /// For `settle`: the position of the message it changes.
  package let target: Int?
  package let language: LanguageCode
  package let epoch: Int
  package let deliveryClass: DeliveryClass
  package var attempt: Int
  /// How many of the attempts have ended without anybody knowing how.
  package var unknownCount = 0
  package let expiresAt: Timestamp?
  package let createdAt: Timestamp
  /// The file it carries.
  var mediaID: ID<OutgoingMedia>?
  package var location: LocationRequest?

  /// What it does about the button that tells where the person is.
  package enum LocationRequest: Int, Sendable, SQLConvertible {
    /// Takes away the one that an older message has shown.
    case withdrawn = 0
    case made = 1
  }

  /// The same as it is once claimed.
  func claimed(after state: State) -> Delivery {
    var claimed = self
    claimed.attempt += 1
    claimed.unknownCount += state == .sending ? 1 : 0
    return claimed
  }
}

/// How a call ended: what the sender does next follows from it alone.
package enum SendOutcome: Sendable, Equatable {
  case accepted(providerID: String?)
  /// The provider asks to wait; nothing was sent.
  case holdChat(delayMs: Int64)
  case holdChannel(delayMs: Int64)
  /// The provider said no for good.
  case refused(reason: String)
  /// The person cannot be reached any more: blocked, deactivated.
  case unreachablePerson(reason: String)
  /// The time in which we may write freely is over: the person has to write first, or a template
  /// has to ask them to. Nothing was sent.
  case windowClosed(reason: String)
  /// Nothing was sent, or the provider failed on its side; try again.
  case failed(reason: String)
  /// It may or may not have been sent.
  case unknown(reason: String)
}

/// A channel as the sender sees it.
package struct ChannelPort: Sendable {
  package let channel: Channel
  package let capabilities: Capabilities
  package let limits: SendLimits
  package let send: @Sendable (OutgoingCall) async -> SendOutcome
  /// Shows the person that we are at work, for a few seconds. Best effort.
  package let signalActivity: @Sendable (_ externalID: String, JobActivity) async -> Void

  package init(
    channel: Channel, capabilities: Capabilities, limits: SendLimits,
    send: @escaping @Sendable (OutgoingCall) async -> SendOutcome,
    signalActivity: @escaping @Sendable (_ externalID: String, JobActivity) async -> Void
  ) {
    self.channel = channel
    self.capabilities = capabilities
    self.limits = limits
    self.send = send
    self.signalActivity = signalActivity
  }
}
