import Conversation
import Storage

extension Program {
  static let failedTurnsShownMax = 200

  /// One line for each message whose turn failed: conversation, position, kind and fault. Never
  /// what was written.
  package func failedTurns() async throws -> [String] {
    try await database.read { transaction in
      try transaction.all(
        """
        SELECT conversation_id, position, kind, fault FROM inbounds WHERE state = 'failed'
        ORDER BY conversation_id, position LIMIT \(Self.failedTurnsShownMax)
        """
      ).map { row in
        let conversation: String = try row.value("conversation_id")
        let position: Int = try row.value("position")
        let kind: String = try row.value("kind")
        let fault: String? = try row.value("fault")
        return "\(conversation) \(position) \(kind) \(fault ?? "")"
      }
    }
  }

  /// - Returns: false when no failed message is kept there.
  package func retry(conversation: String, position: Int) async throws -> Bool {
    try await service.retry(ID(conversation), position: position) != nil
  }
}
