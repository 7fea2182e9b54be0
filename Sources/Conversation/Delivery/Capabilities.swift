/// What a channel can show; every reply degrades to it.
package struct Capabilities: Sendable, Equatable {
  /// UTF-16 code units of plain text in one message.
  package let textLengthMax: Int
  /// 0 where there are no buttons.
  package let buttonsMax: Int
  /// Characters as a reader counts them.
  package let buttonTitleLengthMax: Int
  /// Whether a button that was used can be taken out of its message.
  package let settlesButtons: Bool
  /// Whether the provider has to be called; otherwise the person's side fetches.
  package let isPushed: Bool

  package init(
    textLengthMax: Int, buttonsMax: Int, buttonTitleLengthMax: Int, settlesButtons: Bool,
    isPushed: Bool
  ) {
    self.textLengthMax = textLengthMax
    self.buttonsMax = buttonsMax
    self.buttonTitleLengthMax = buttonTitleLengthMax
    self.settlesButtons = settlesButtons
    self.isPushed = isPushed
  }
}

/// How fast a channel may be written to.
package struct SendLimits: Sendable, Equatable {
  package let perSecond: Int
  /// One message per chat in this time on average …
  package let chatSpacingMs: Int64
  /// … of which this many may come at once.
  package let chatBurst: Int
  package let concurrencyMax: Int

  package init(perSecond: Int, chatSpacingMs: Int64, chatBurst: Int, concurrencyMax: Int) {
    self.perSecond = perSecond
    self.chatSpacingMs = chatSpacingMs
    self.chatBurst = chatBurst
    self.concurrencyMax = concurrencyMax
  }
}
