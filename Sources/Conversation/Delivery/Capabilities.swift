/// What a channel can show; every reply degrades to it.
package struct Capabilities: Sendable, Equatable {
  /// UTF-16 code units of plain text in one message.
  package let textLengthMax: Int
  /// 0 where there are no buttons.
  package let buttonsMax: Int
  /// UTF-16 code units.
  package let buttonTitleLengthMax: Int
  /// Whether a button that was used can be taken out of its message.
  package let settlesButtons: Bool
  /// Whether the provider has to be called; otherwise the person's side fetches.
  package let isPushed: Bool
  /// Rows of a list that stands in for buttons when there are too many; 0 where there are none.
  package let listRowsMax: Int
  package let listTitleLengthMax: Int
  /// For how long after a person's message we may write freely; nil where always.
  package let windowMs: Int64?
  /// Whether the provider reports later what became of a message.
  package let reportsDeliveries: Bool
  /// Like `textLengthMax`, for the message that carries the buttons.
  package let choiceTextLengthMax: Int
  /// Like `textLengthMax`, for what is said under a file; nil where no file can be sent.
  package let captionLengthMax: Int?
  /// Whether a voice message can have words of its own.
  package let captionsVoice: Bool
  package let locationForm: LocationForm

  /// How a person is asked where they are.
  package enum LocationForm: Sendable, Equatable {
    /// By words alone.
    case words
    /// By a button in the message.
    case button
    /// By a button in place of the keyboard, which has to be taken away again.
    case keyboard
  }

  package init(
    textLengthMax: Int, buttonsMax: Int, buttonTitleLengthMax: Int, settlesButtons: Bool,
    isPushed: Bool, listRowsMax: Int = 0, listTitleLengthMax: Int = 0, windowMs: Int64? = nil,
    reportsDeliveries: Bool = false, choiceTextLengthMax: Int? = nil,
    captionLengthMax: Int? = nil, captionsVoice: Bool = true, locationForm: LocationForm = .words
  ) {
    self.textLengthMax = textLengthMax
    self.buttonsMax = buttonsMax
    self.buttonTitleLengthMax = buttonTitleLengthMax
    self.settlesButtons = settlesButtons
    self.isPushed = isPushed
    self.listRowsMax = listRowsMax
    self.listTitleLengthMax = listTitleLengthMax
    self.windowMs = windowMs
    self.reportsDeliveries = reportsDeliveries
    self.choiceTextLengthMax = choiceTextLengthMax ?? textLengthMax
    self.captionLengthMax = captionLengthMax
    self.captionsVoice = captionsVoice
    self.locationForm = locationForm
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
