import Storage

extension Step {
  /// Writes what was said as deliveries, and the conversation as it stands now.
  mutating func finish() throws -> Receipt {
    var receipt = Receipt(
      outcome: outcome, conversation: record.id, channel: record.channel,
      externalID: record.externalID)
    let capabilities = try engine.capabilities(of: record.channel)
    record.person = turn.person
    let answered = record.prompt
    try acknowledge(capabilities)
    try writeReplies(capabilities, &receipt)
    receipt.settled = try settle(answered, capabilities)
    if capabilities.isPushed, receipt.hasDeliveries || queryID != nil || receipt.settled != nil {
      record.sendDueAt = record.sendDueAt ?? now
      receipt.hasDeliveries = true
    }
    receipt.hasJobs = turn.hasStartedWork
    try record.save(at: now, in: database)
    return receipt
  }

  private mutating func acknowledge(_ capabilities: Capabilities) throws {
    guard let queryID, capabilities.isPushed else { return }
    try plan(
      .acknowledge, text: queryID, capabilities,
      expiresAt: now.adding(milliseconds: Engine.acknowledgeLifeMs))
  }

  private mutating func writeReplies(
    _ capabilities: Capabilities, _ receipt: inout Receipt
  ) throws {
    for planned in turn.replies {
      let purpose = planned.reply.purpose
      guard try purpose == .service || turn.allows(purpose) else { continue }
      let messages = Renderer.messages(planned.reply, for: capabilities)
      for message in messages {
        try plan(
          .message, text: message.text, capabilities, choices: message.choices,
          deliveryClass: planned.reply.deliveryClass,
          expiresAt: purpose.lifeMs.map { now.adding(milliseconds: $0) }, purpose: purpose)
      }
      receipt.hasDeliveries = true
      if !planned.isNotice {
        record.prompt = Prompt(
          position: record.position, choices: planned.reply.choices,
          acceptsText: planned.reply.acceptsText)
      }
    }
  }

  /// Takes the buttons out of the question that one of them has answered.
  private mutating func settle(
    _ answered: Prompt?, _ capabilities: Capabilities
  ) throws -> Receipt.Settled? {
    // Buttons nobody used stay: taking them out would cost a provider call for every typed answer,
    // and a late press is answered kindly.
    guard let answered, let chosen, answered != record.prompt else { return nil }
    let token = Prompt.token(chosen, at: answered.position)
    try DeliveryStore.choose(
      token, position: answered.position, conversation: record.id, in: database)
    if capabilities.settlesButtons, capabilities.isPushed,
      let sent = try DeliveryStore.sentMessage(
        record.id, position: answered.position, in: database)
    {
      let mark = "\n\n✓ **\(Markup.escape(chosen.title))**"
      try plan(
        .settle, text: sent.text + mark, capabilities, target: answered.position,
        deliveryClass: .atMostOnce)
    }
    return Receipt.Settled(position: answered.position, token: token)
  }

  private mutating func plan(
    _ kind: Delivery.Kind, text: String, _ capabilities: Capabilities, choices: [Choice] = [],
    target: Int? = nil, deliveryClass: DeliveryClass = .atLeastOnce, expiresAt: Timestamp? = nil,
    purpose: Purpose = .service
  ) throws {
    let position = record.takePosition()
    if capabilities.isPushed { record.unsentFrom = record.unsentFrom ?? position }
    let buttons = choices.map {
      Delivery.Button(token: Prompt.token($0, at: position), title: $0.title)
    }
    let delivery = Delivery(
      conversation: record.id, position: position, kind: kind, text: text, buttons: buttons,
      target: target, language: record.person.language, epoch: record.epoch,
      deliveryClass: deliveryClass, attempt: 0, expiresAt: expiresAt, createdAt: now)
    try DeliveryStore.insert(
      delivery, author: ConversationRecord.botOwner,
      state: capabilities.isPushed ? .pending : .sent, now: now, in: database)
    try DeliveryPurpose.keep(purpose, of: delivery, in: database)
  }
}

extension Engine {
  func capabilities(of channel: Channel) throws -> Capabilities {
    guard let capabilities = capabilities[channel] else {
      throw FlowError.unknownChannel(channel.rawValue)
    }
    return capabilities
  }
}
