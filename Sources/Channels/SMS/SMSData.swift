package import Conversation
import Storage

/// What the SMS channel knows of a person beside their messages: the bulk orders that went to
/// their numbers. It belongs to the numbers, so nothing is joined or parted.
package enum SMSData {
  package static var keeper: PersonDataKeeper {
    PersonDataKeeper(
      name: "sms", tables: ["sms_bulk_receptors"], export: export, merge: { _, _ in "" },
      unmerge: { _, _, _ in }, erase: erase)
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    RowJSON.array(
      try database.all(
        """
        SELECT r.*, b.purpose, b.text, b.created_at FROM sms_bulk_receptors r
        JOIN sms_bulks b ON b.id = r.bulk_id WHERE r.number IN (\(sql: numbers(of: person)))
        """))
  }

  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    let count = try database.execute(
      """
      DELETE FROM sms_bulk_receptors WHERE (bulk_id, position) IN (
        SELECT bulk_id, position FROM sms_bulk_receptors
        WHERE number IN (\(sql: numbers(of: erasure.person)))
        LIMIT \(PersonErasure.rowsPerStep))
      """)
    return ErasureStep([.log: count], next: count == PersonErasure.rowsPerStep ? "more" : nil)
  }

  private static func numbers(of person: ID<Person>) -> SQL {
    """
    SELECT a.external_id FROM addresses a JOIN conversations c ON c.id = a.conversation_id
    WHERE c.person_id = \(person) AND a.channel = \(Channel.sms)
    """
  }
}
