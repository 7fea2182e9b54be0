import Conversation
import Storage

/// What this capability itself knows of a person: codes, links, downloads and a deletion that
/// waits.
enum AccountData {
  static let keeper = PersonDataKeeper(
    name: "accounts",
    tables: ["link_codes", "link_tries", "merges", "export_tickets", "erasures"],
    export: export, merge: merge, unmerge: unmerge, erase: erase)

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let merges = try database.all(
      "SELECT * FROM merges WHERE id IN (\(sql: merges(of: person))) ORDER BY id")
    let codes = try database.all(
      "SELECT created_at, used_at FROM link_codes WHERE person_id = \(person)")
    let tries = try database.all(
      """
      SELECT t.tried_at FROM link_tries t JOIN conversations c ON c.id = t.conversation_id
      WHERE c.person_id = \(person) ORDER BY t.id
      """)
    let downloads = try database.all(
      "SELECT created_at FROM export_tickets WHERE person_id = \(person)")
    let erasure = try database.first("SELECT * FROM erasures WHERE person_id = \(person)")
    return """
      {"links":\(RowJSON.array(merges)),"linkCodes":\(RowJSON.array(codes)),\
      "wrongCodes":\(RowJSON.array(tries)),"downloads":\(RowJSON.array(downloads)),\
      "deletion":\(RowJSON.object(erasure))}
      """
  }

  /// Codes and downloads live for minutes; nothing is lost with them.
  private static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    try database.execute("DELETE FROM link_codes WHERE person_id = \(merge.absorbed)")
    try database.execute("DELETE FROM export_tickets WHERE person_id = \(merge.absorbed)")
    return ""
  }

  private static func unmerge(
    _ undo: String, _ merge: PersonMerge, in database: Transaction
  ) throws {
    // A download asked for while they were one would hold both.
    try database.execute("DELETE FROM export_tickets WHERE person_id = \(merge.survivor)")
  }

  /// The deletion itself stays until its receipt is written.
  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    var count = try database.execute(
      "DELETE FROM merges WHERE id IN (\(sql: merges(of: erasure.person)))")
    count += try database.execute("DELETE FROM link_codes WHERE person_id = \(erasure.person)")
    count += try database.execute(
      """
      DELETE FROM link_tries WHERE conversation_id IN (
        SELECT id FROM conversations WHERE person_id = \(erasure.person))
      """)
    count += try database.execute(
      "DELETE FROM export_tickets WHERE person_id = \(erasure.person)")
    return ErasureStep([.account: count])
  }

  /// The merges that hold something of a person, those of the persons they have absorbed included.
  private static func merges(of person: ID<Person>) -> SQL {
    """
    WITH RECURSIVE own (id) AS (
      VALUES (\(person))
      UNION SELECT m.absorbed_id FROM merges m JOIN own ON m.survivor_id = own.id
        WHERE m.undone_at IS NULL)
    SELECT m.id FROM merges m
      WHERE m.survivor_id IN (SELECT id FROM own) OR m.absorbed_id IN (SELECT id FROM own)
    """
  }
}
