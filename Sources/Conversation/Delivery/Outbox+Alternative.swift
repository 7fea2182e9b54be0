import Storage

extension Outbox {
  /// Of a person's other addresses so many are looked at.
  private static let alternativesMax = 8

  /// Hands a message that may not be sent here to another address of the person, where they have
  /// said that they want such messages.
  ///
  /// A question stays: its answer is waited for here. Buttons that are commands work anywhere. What
  /// may have arrived here already stays, too.
  /// - Returns: whether it has gone.
  func goElsewhere(
    _ head: Head, of record: ConversationRecord, _ purpose: Purpose, at now: Timestamp,
    in database: Transaction
  ) throws -> Bool {
    let delivery = head.delivery
    let choices = delivery.buttons.map { Choice($0.token, $0.title) }
    guard head.state == .pending, delivery.unknownCount == 0, delivery.location != .made,
      choices.allSatisfy(\.isCommand),
      let (other, capabilities) = try alternative(to: record, purpose, at: now, in: database)
    else { return false }
    var position = other.position
    let media = try delivery.mediaID.flatMap { try MediaStore.load($0, in: database) }
    let reply = Reply(delivery.text, choices: choices, media: media)
    let messages = Renderer.messages(reply, for: capabilities)
    // A file without words has nothing to say where no file can be sent.
    guard !messages.isEmpty else { return false }
    for message in messages {
      position += 1
      let moved = Delivery(
        conversation: other.id, position: position, kind: .message, text: message.text,
        buttons: message.choices.map { Delivery.Button(token: $0.id, title: $0.title) },
        target: nil, language: delivery.language, epoch: other.epoch,
        deliveryClass: delivery.deliveryClass, attempt: 0, expiresAt: delivery.expiresAt,
        createdAt: now, mediaID: message.carriesFile ? delivery.mediaID : nil)
      try DeliveryStore.insert(
        moved, author: ConversationRecord.botOwner, state: .pending, now: now, in: database)
      try DeliveryPurpose.keep(purpose, of: moved, in: database)
    }
    try database.execute(
      """
      UPDATE conversations SET position = \(position),
        send_due_at = coalesce(send_due_at, \(now)),
        unsent_from = coalesce(unsent_from, \(other.position + 1))
      WHERE id = \(other.id)
      """)
    try DeliveryStore.mark(
      delivery, .cancelled, fault: "went by another channel", at: now, in: database)
    return true
  }

  private func alternative(
    to record: ConversationRecord, _ purpose: Purpose, at now: Timestamp,
    in database: Transaction
  ) throws -> (ConversationRecord, Capabilities)? {
    let rows = try database.all(
      """
      SELECT id, channel FROM conversations
      WHERE person_id = \(record.person.id) AND id != \(record.id)
        AND blocked_at IS NULL AND stopped_at IS NULL
        AND owner = \(ConversationRecord.botOwner)
        AND (window_until IS NULL OR window_until > \(now))
      ORDER BY seen_at DESC LIMIT \(Self.alternativesMax)
      """)
    for row in rows {
      let id: ID<ConversationRecord> = try row.value("id")
      guard let capabilities = rules.channels[try row.value("channel")], capabilities.isPushed,
        try Consent.newest(purpose, id, in: database)?.state == .granted,
        let other = try ConversationRecord.load(id, in: database),
        capabilities.windowMs == nil || other.windowUntil.map({ $0 > now }) ?? false
      else { continue }
      return (other, capabilities)
    }
    return nil
  }
}
