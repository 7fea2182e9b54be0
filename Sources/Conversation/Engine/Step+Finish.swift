import Storage

extension Step {
  /// Said where the button that tells a place has to go and nothing else can take it away.
  private static let placeTaken = "✓"

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
    var hasLocationButton =
      capabilities.locationForm == .keyboard && record.prompt?.asksForLocation == true
    let open = turn.replies.lastIndex { !$0.isNotice }
    for (index, planned) in turn.replies.enumerated() {
      var reply = planned.reply
      guard try reply.purpose == .service || turn.allows(reply.purpose) else { continue }
      let mediaID = try keepFile(of: &reply, capabilities)
      if hasLocationButton, !planned.isNotice {
        hasLocationButton = false
        try write(
          reply, mediaID, capabilities, isOpen: index == open,
          withdrawsLocation: !reply.asksForLocation)
      } else {
        try write(reply, mediaID, capabilities, isOpen: index == open)
      }
      receipt.hasDeliveries = true
      if !planned.isNotice {
        record.prompt = Prompt(
          position: record.position, choices: reply.choices, acceptsText: reply.acceptsText,
          asksForLocation: reply.asksForLocation)
      }
    }
  }

  /// Keeps the file of a reply; where none can be sent, the words say where to fetch it.
  private func keepFile(
    of reply: inout Reply, _ capabilities: Capabilities
  ) throws -> ID<OutgoingMedia>? {
    guard let media = reply.media else { return nil }
    let lifeMs = reply.mediaLifeMs
    if capabilities.captionLengthMax != nil {
      return try MediaStore.keep(media, at: now, lifeMs: lifeMs, in: database)
    }
    guard let links = engine.mediaLinks else { return nil }
    let url = try links.add(
      MediaStore.keep(media, at: now, lifeMs: lifeMs, in: database), to: record.id,
      position: record.position + 1, at: now, in: database)
    reply.text += (reply.text.isEmpty ? "" : "\n\n") + Markup.escape(url)
    return nil
  }

  private mutating func write(
    _ reply: Reply, _ mediaID: ID<OutgoingMedia>?, _ capabilities: Capabilities, isOpen: Bool,
    withdrawsLocation: Bool = false
  ) throws {
    let messages = Renderer.messages(reply, for: capabilities, isOpen: isOpen)
    var withdraws = withdrawsLocation
    if withdraws, messages.first?.choices.isEmpty == false {
      // A message cannot both have buttons and take the old one away.
      try plan(.message, text: Self.placeTaken, capabilities, location: .withdrawn)
      withdraws = false
    }
    for message in messages {
      try plan(
        .message, text: message.text, capabilities, choices: message.choices,
        deliveryClass: reply.deliveryClass,
        expiresAt: reply.purpose.lifeMs.map { now.adding(milliseconds: $0) },
        purpose: reply.purpose, mediaID: message.carriesFile ? mediaID : nil,
        location: message.asksForLocation ? .made : withdraws ? .withdrawn : nil)
      withdraws = false
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
    // Buttons that stand in place of the keyboard are not in the message.
    let isKeyboard = answered.asksForLocation && capabilities.locationForm == .keyboard
    if capabilities.settlesButtons, capabilities.isPushed, !isKeyboard,
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
    purpose: Purpose = .service, mediaID: ID<OutgoingMedia>? = nil,
    location: Delivery.LocationRequest? = nil
  ) throws {
    let position = record.takePosition()
    if capabilities.isPushed { record.unsentFrom = record.unsentFrom ?? position }
    let buttons = choices.map {
      Delivery.Button(token: Prompt.token($0, at: position), title: $0.title)
    }
    let delivery = Delivery(
      conversation: record.id, position: position, kind: kind, text: text, buttons: buttons,
      target: target, language: record.person.language, epoch: record.epoch,
      deliveryClass: deliveryClass, attempt: 0, expiresAt: expiresAt, createdAt: now,
      mediaID: mediaID, location: location)
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
