import Storage

/// A table of this floor whose rows belong to one conversation: shown with it and deleted with it.
/// A new one is entered in `all`.
struct ConversationPart: Sendable {
  let table: String
  /// Its name in the exported file.
  let name: String
  let rows: @Sendable (ID<ConversationRecord>) -> SQL
  let removal: @Sendable (ID<ConversationRecord>) -> SQL

  static let all = [
    ConversationPart(
      table: "addresses", name: "addresses",
      rows: { "SELECT * FROM addresses WHERE conversation_id = \($0)" },
      removal: { "DELETE FROM addresses WHERE conversation_id = \($0)" }),
    ConversationPart(
      table: "address_conflicts", name: "addressConflicts",
      rows: { "SELECT * FROM address_conflicts WHERE conversation_id = \($0)" },
      removal: {
        """
        DELETE FROM address_conflicts
        WHERE conversation_id = \($0) OR other_conversation_id = \($0)
        """
      }),
    ConversationPart(
      table: "consents", name: "consents",
      rows: { "SELECT * FROM consents WHERE conversation_id = \($0) ORDER BY at, number" },
      removal: { "DELETE FROM consents WHERE conversation_id = \($0)" }),
    ConversationPart(
      table: "delivery_purposes", name: "deliveryPurposes",
      rows: {
        "SELECT * FROM delivery_purposes WHERE conversation_id = \($0) ORDER BY position"
      },
      removal: { "DELETE FROM delivery_purposes WHERE conversation_id = \($0)" }),
    ConversationPart(
      table: "early_reports", name: "earlyReports",
      rows: { "SELECT * FROM early_reports WHERE conversation_id = \($0)" },
      removal: { "DELETE FROM early_reports WHERE conversation_id = \($0)" }),
    ConversationPart(
      table: "jobs", name: "jobs",
      rows: { "SELECT * FROM jobs WHERE conversation_id = \($0) ORDER BY id" },
      removal: { "DELETE FROM jobs WHERE conversation_id = \($0)" }),
    ConversationPart(
      table: "received_files", name: "receivedFiles",
      rows: {
        """
        SELECT key, media_type, byte_count, kept_at, expires_at FROM received_files
        WHERE conversation_id = \($0) ORDER BY kept_at, key
        """
      },
      removal: { "DELETE FROM received_files WHERE conversation_id = \($0)" }),
    ConversationPart(
      table: "timers", name: "timers",
      rows: { "SELECT * FROM timers WHERE conversation_id = \($0) ORDER BY name" },
      removal: { "DELETE FROM timers WHERE conversation_id = \($0)" }),
    ConversationPart(
      table: "webhook_log", name: "webhookLog",
      rows: { "SELECT * FROM webhook_log WHERE conversation_id = \($0) ORDER BY id" },
      removal: { "DELETE FROM webhook_log WHERE conversation_id = \($0)" }),
  ]
}
