extension Turn {
  /// Writes into the ledger what the person has just said of this address.
  package func note(
    _ state: Consent.State, for purpose: Purpose, source: Consent.Source, word: String? = nil
  ) throws {
    try Consent.record(
      purpose, state, of: conversation,
      by: Consent.Evidence(
        source, word: word, conversation: conversation, position: inboundPosition),
      at: now, in: database)
  }

  /// Whether a message of that purpose may be sent to this address.
  package func allows(_ purpose: Purpose) throws -> Bool {
    try Consent.allows(purpose, conversation, in: database)
  }
}
