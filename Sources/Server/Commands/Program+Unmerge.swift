import Accounts
import Conversation
import Storage

extension Program {
  static let mergesShownMax = 200

  /// One line for each merge that can be undone: its number, the persons, and when.
  package func merges() async throws -> [String] {
    try await database.read { transaction in
      try transaction.all(
        """
        SELECT id, survivor_id, absorbed_id, merged_at FROM merges WHERE undone_at IS NULL
        ORDER BY id DESC LIMIT \(Self.mergesShownMax)
        """
      ).map { row in
        let id: String = try row.value("id")
        let survivor: String = try row.value("survivor_id")
        let absorbed: String = try row.value("absorbed_id")
        let mergedAt: Int64 = try row.value("merged_at")
        return "\(id) \(absorbed) into \(survivor) at \(mergedAt)"
      }
    }
  }

  /// Parts two who were taken for one.
  ///
  /// - Throws: `MergeFault` when they cannot be parted.
  package func unmerge(_ id: String) async throws {
    let now = service.time.now()
    try await database.write { [accounts] in try accounts.unmerge(id, at: now, in: $0) }
  }
}
