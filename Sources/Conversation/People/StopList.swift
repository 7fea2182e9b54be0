package import Storage

/// Who said stop and has had their data deleted since: all that is kept of them is a keyed hash
/// of the address, so that they are not written to either.
package struct StopList: Sendable {
  /// A keyed hash: without the key nobody can try addresses against the list.
  package typealias Fingerprint = @Sendable (Channel, String) -> String

  private let fingerprint: Fingerprint

  package init(fingerprint: @escaping Fingerprint) { self.fingerprint = fingerprint }

  /// Whether nobody may write to that address of their own accord.
  package func holds(
    _ externalID: String, on channel: Channel, in database: Transaction
  ) throws -> Bool {
    try database.first(
      """
      SELECT stopped_at FROM stop_list WHERE address_hash = \(fingerprint(channel, externalID))
      """) != nil
  }

  func add(
    _ externalID: String, on channel: Channel, stoppedAt: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO stop_list (address_hash, stopped_at)
      VALUES (\(fingerprint(channel, externalID)), \(stoppedAt))
      ON CONFLICT (address_hash) DO NOTHING
      """)
  }

  /// Whoever is on the list and writes again has a conversation again, which holds the stop from
  /// then on.
  func take(
    _ sender: Inbound.Sender, on channel: Channel, in database: Transaction
  ) throws -> Timestamp? {
    let hashes = ([sender.externalID] + sender.otherIDs).map { fingerprint(channel, $0) }
    return try database.first(
      """
      DELETE FROM stop_list WHERE address_hash IN (\(list: hashes)) RETURNING stopped_at
      """)?.value("stopped_at")
  }
}
