import Storage

extension Outbox {
  typealias Head = (delivery: Delivery, state: Delivery.State)

  /// What follows for a message that may not be sent freely now.
  enum ClosedWindowStep {
    /// It is settled, or a template stands before it now: look again.
    case lookAgain(Recipient)
    case wait(until: Timestamp)
  }

  func isClosed(for recipient: Recipient, at now: Timestamp) -> Bool {
    guard hasWindow else { return false }
    return recipient.windowUntil.map { $0 <= now } ?? true
  }

  /// While the window is closed a template goes before everything else.
  func head(
    of recipient: Recipient, at now: Timestamp, in database: Transaction
  ) throws -> Head? {
    if let position = recipient.templatePosition, isClosed(for: recipient, at: now),
      let template = try DeliveryStore.find(recipient.conversation, position, in: database),
      template.state == .pending || template.state == .sending
    {
      return template
    }
    guard let first = recipient.unsentFrom else { return nil }
    return try nextUnsettled(recipient.conversation, from: first, in: database)
  }

  /// Whether a message can come back after later ones have gone out.
  var canReopen: Bool { reportsDeliveries || hasWindow }

  func nextUnsettled(
    _ conversation: ID<ConversationRecord>, from position: Int, in database: Transaction
  ) throws -> Head? {
    canReopen
      ? try DeliveryStore.headOfReopened(conversation, from: position, in: database)
      : try DeliveryStore.head(conversation, from: position, in: database)
  }

  func passClosedWindow(
    _ head: Head, to recipient: Recipient, at now: Timestamp, in database: Transaction
  ) throws -> ClosedWindowStep {
    guard head.state != .sending else {
      // Its call was lost with its process. It waits like the others: a template must not overtake
      // something that is still taken to be under way.
      try DeliveryStore.doubt(head.delivery, at: now, in: database)
      return .lookAgain(recipient)
    }
    let expiry = Window.expiry(of: head.delivery)
    // The confirmation of a stop is not worth another message.
    if expiry <= now || recipient.stoppedAt != nil {
      let fault = expiry <= now ? "the person did not write in time" : "stopped"
      try DeliveryStore.mark(head.delivery, .cancelled, fault: fault, at: now, in: database)
      return .lookAgain(recipient)
    }
    let purpose = try DeliveryPurpose.of(head.delivery, in: database)
    guard let record = try ConversationRecord.load(recipient.conversation, in: database) else {
      return .wait(until: expiry)
    }
    if try goElsewhere(head, of: record, purpose, at: now, in: database) {
      return .lookAgain(recipient)
    }
    let asking = rules.templates.asking(for: purpose, hasFile: head.delivery.mediaID != nil)
    guard record.isServed, let template = asking?.filled(for: record.person),
      let askAt = Window.askAt(
        closedAt: recipient.windowUntil, askedAt: recipient.templateAt, now: now)
    else { return .wait(until: expiry) }
    guard askAt <= now else { return .wait(until: min(expiry, askAt)) }
    return .lookAgain(try plan(template, to: recipient, record, at: now, in: database))
  }

  /// The template of a claimed delivery, when it is one.
  func template(
    of delivery: Delivery, to recipient: Recipient, in database: Transaction
  ) throws -> TemplateCall? {
    guard delivery.position == recipient.templatePosition,
      let record = try ConversationRecord.load(recipient.conversation, in: database)
    else { return nil }
    let name: String? = try database.first(
      "SELECT template_name FROM conversations WHERE id = \(record.id)")?.value("template_name")
    let known =
      name.flatMap { rules.templates[$0] } ?? rules.templates[TemplateCatalogue.replyToOpen]
    return known?.filled(for: record.person)?.call
  }

  /// Writes the template down like any message, so that it is seen in the conversation, counted
  /// and reported on.
  private func plan(
    _ template: (call: TemplateCall, text: String), to recipient: Recipient,
    _ record: ConversationRecord, at now: Timestamp,
    in database: Transaction
  ) throws -> Recipient {
    let position = record.position + 1
    let delivery = Delivery(
      conversation: record.id, position: position, kind: .message,
      text: Markup.escape(template.text),
      buttons: [], target: nil, language: record.person.language, epoch: record.epoch,
      deliveryClass: .atMostOnce, attempt: 0,
      expiresAt: now.adding(milliseconds: Window.askIntervalMs), createdAt: now)
    try DeliveryStore.insert(
      delivery, author: ConversationRecord.botOwner, state: .pending, now: now, in: database)
    try database.execute(
      """
      UPDATE conversations SET position = \(position), template_position = \(position),
        template_at = \(now), template_name = \(template.call.name)
      WHERE id = \(record.id)
      """)
    var recipient = recipient
    recipient.position = position
    recipient.templatePosition = position
    recipient.templateAt = now
    return recipient
  }
}
