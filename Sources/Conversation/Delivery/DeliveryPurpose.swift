import Storage

/// What a delivery is for, where that is not service. Every such delivery expires, so one that
/// does not needs no look here.
enum DeliveryPurpose {
  static func keep(
    _ purpose: Purpose, of delivery: Delivery, in database: Transaction
  ) throws {
    guard purpose != .service else { return }
    try database.execute(
      """
      INSERT INTO delivery_purposes (conversation_id, position, purpose)
      VALUES (\(delivery.conversation), \(delivery.position), \(purpose))
      """)
  }

  static func of(_ delivery: Delivery, in database: Transaction) throws -> Purpose {
    guard delivery.kind == .message, delivery.expiresAt != nil else { return .service }
    return try database.first(
      """
      SELECT purpose FROM delivery_purposes
      WHERE conversation_id = \(delivery.conversation) AND position = \(delivery.position)
      """
    )?.value("purpose") ?? .service
  }
}
