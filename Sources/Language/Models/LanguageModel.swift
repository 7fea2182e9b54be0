/// Something that continues a talk: one provider, or a chain of them.
package protocol LanguageModel: Sendable {
  /// The whole answer at once.
  func complete(_ request: ModelRequest) async throws(ModelFault) -> ModelAnswer

  /// The whole answer at the end, and on the way `onText` with all of the text so far, cut where a
  /// word ends. With a schema it is the answer's first member that grows, if that is a text. When a
  /// try is given up and another begins, the text begins anew.
  func stream(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ModelAnswer
}
