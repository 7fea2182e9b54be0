/// A delivery with all its channel needs to make the call.
package struct OutgoingCall: Sendable {
  package let delivery: Delivery
  package let externalID: String
  /// For `settle`: the provider's id of the message to change.
  package let targetProviderID: String?
  /// When the person has to be asked to write first: what to send in place of the message.
  package var template: TemplateCall?
  /// A file the message carries; its text is the caption.
  package var media: OutgoingMedia?
  /// Whether the message asks the person where they are.
  package var asksForLocation = false
  /// The newest message of the conversation when the call was claimed, ours or the person's.
  let claimedAtPosition: Int
}

/// An approved template, filled in.
package struct TemplateCall: Sendable, Equatable {
  package let name: String
  /// As the provider names it: `en`, `fa`, `pt_BR`.
  package let language: String
  /// The values of `{{1}}`, `{{2}}` … of its body.
  package let parameters: [String]

  package init(name: String, language: String, parameters: [String]) {
    self.name = name
    self.language = language
    self.parameters = parameters
  }
}
