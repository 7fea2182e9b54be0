/// What a sender has to know to go on when a channel's window is closed.
package struct WindowRules: Sendable {
  package static let none = WindowRules(templates: .none, channels: [:])

  let templates: TemplateCatalogue
  /// The channels by which a message may go instead.
  let channels: [Channel: Capabilities]

  package init(templates: TemplateCatalogue, channels: [Channel: Capabilities]) {
    self.templates = templates
    self.channels = channels
  }
}
