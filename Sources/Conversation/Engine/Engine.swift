package import Storage

/// The conversation state machine: takes one message, or one event, through one turn.
///
/// It is a value without a clock, a network or a thread: the same message on the same rows at the
/// same time makes the same turn. `ConversationService` gives it transactions.
package struct Engine: Sendable {
  /// Longer messages are refused kindly; every activity and question asks for less.
  package static let textLengthMax = 4_000
  /// Longer than any choice's title or command's word.
  static let wordsBytesMax = 200
  /// A press that could not be acknowledged within this time no longer shows a spinner.
  package static let acknowledgeLifeMs: Int64 = 30_000

  package let phrasebook: Phrasebook
  let flows: [FlowName: AnyFlow]
  let home: FlowName
  let welcome: FlowName
  let commands: [String: Command]
  /// The typed words that stand for a command, in any language.
  let commandWords: [String: String]
  let timers: [String: TimerHandler]
  let capabilities: [Channel: Capabilities]
  let ids: IDSource
  let stopList: StopList?
  /// Nil where the world cannot fetch files from us.
  let mediaLinks: MediaLinks?
  /// What takes a recording that the running flow does not listen to.
  let listener: FlowName?

  /// - Parameters:
  ///   - home: the flow at the bottom of every stack.
  ///   - welcome: the flow laid on it when somebody writes for the first time.
  ///   - listener: the flow that is laid on top for a recording that the running one does not
  ///     listen to, with the attachment as JSON for its argument. The first conversation is not
  ///     interrupted.
  package init(
    phrasebook: Phrasebook, flows: [AnyFlow], home: FlowName, welcome: FlowName,
    commands: [Command], timers: [TimerHandler], capabilities: [Channel: Capabilities],
    ids: IDSource, stopList: StopList? = nil, mediaLinks: MediaLinks? = nil,
    listener: FlowName? = nil
  ) {
    self.phrasebook = phrasebook
    self.flows = Dictionary(flows.map { ($0.name, $0) }) { first, _ in first }
    self.home = home
    self.welcome = welcome
    self.commands = Dictionary(commands.map { ($0.name, $0) }) { first, _ in first }
    commandWords = commands.sorted { $0.name > $1.name }.reduce(into: [:]) { words, command in
      for word in phrasebook.words(for: command.name) { words[word] = command.name }
    }
    self.timers = Dictionary(timers.map { ($0.name, $0) }) { first, _ in first }
    self.capabilities = capabilities
    self.ids = ids
    self.stopList = stopList
    self.mediaLinks = mediaLinks
    self.listener = listener
    precondition(self.flows[home] != nil && self.flows[welcome] != nil, "flows are missing")
  }

  /// Takes one message in. A repeat changes nothing.
  ///
  /// - Throws: whatever the flow throws; the caller undoes the transaction and calls
  ///   `keepFailed`.
  package func receive(
    _ inbound: Inbound, at now: Timestamp, in database: Transaction
  ) throws -> Receipt {
    guard var record = try openRecord(inbound, at: now, in: database) else {
      return .duplicate(of: inbound)
    }
    let isNew = record.position == 0
    let position = record.takePosition()
    guard
      try InboundStore.insert(
        inbound, conversation: record.id, position: position, at: now, in: database)
    else { return .duplicate(of: inbound) }
    var step = Step(engine: self, record: record, now: now, database: database)
    try step.run(inbound.content, isNew: isNew)
    return try step.finish()
  }

  /// Keeps a message whose turn failed, and tells the person.
  package func keepFailed(
    _ inbound: Inbound, fault: String, at now: Timestamp, in database: Transaction
  ) throws -> Receipt {
    guard var record = try openRecord(inbound, at: now, in: database) else {
      return .duplicate(of: inbound)
    }
    let position = record.takePosition()
    guard
      try InboundStore.insert(
        inbound, conversation: record.id, position: position, fault: fault, at: now, in: database)
    else { return .duplicate(of: inbound) }
    var step = Step(engine: self, record: record, now: now, database: database)
    try step.tellFailure(of: inbound.content)
    return try step.finish()
  }

  /// Runs a message whose turn failed once more.
  ///
  /// - Returns: nil when the message is not kept as failed, or cannot be answered now because the
  ///   person has blocked or stopped the bot or staff has taken over; it is kept then.
  package func retry(
    _ conversation: ID<ConversationRecord>, position: Int, at now: Timestamp,
    in database: Transaction
  ) throws -> Receipt? {
    guard let record = try ConversationRecord.load(conversation, in: database), record.isServed,
      let content = try InboundStore.takeFailed(conversation, position: position, in: database)
    else { return nil }
    var step = Step(engine: self, record: record, now: now, database: database)
    try step.run(content, isNew: record.stack.frames.isEmpty, isRetried: true)
    return try step.finish()
  }

  /// Brings an event from inside: a finished job, a timer.
  ///
  /// - Parameter frame: the flow that waits for it; nil for the one on top.
  package func deliver(
    _ input: Input, to conversation: ID<ConversationRecord>, frame: Frame.Mark? = nil,
    at now: Timestamp, in database: Transaction
  ) throws -> Receipt? {
    guard let record = try ConversationRecord.load(conversation, in: database) else { return nil }
    var step = Step(engine: self, record: record, now: now, database: database)
    try step.run(input, for: frame)
    return try step.finish()
  }

  /// Tells somebody who waits for a job that it takes longer.
  package func tellLate(
    _ conversation: ID<ConversationRecord>, at now: Timestamp, in database: Transaction
  ) throws -> Receipt? {
    guard let record = try ConversationRecord.load(conversation, in: database) else { return nil }
    var step = Step(engine: self, record: record, now: now, database: database)
    try step.tellLate()
    return try step.finish()
  }

  /// Tells somebody that what they wait for has failed.
  package func tellFailure(
    _ conversation: ID<ConversationRecord>, at now: Timestamp, in database: Transaction
  ) throws -> Receipt? {
    guard let record = try ConversationRecord.load(conversation, in: database) else { return nil }
    var step = Step(engine: self, record: record, now: now, database: database)
    try step.tellFailure()
    return try step.finish()
  }

  /// Hands a conversation to a member of staff, or back to the bot. What the former owner has not
  /// sent yet is dropped, and what is being sent is not sent again.
  ///
  /// - Returns: whether there is such a conversation.
  package func changeOwner(
    _ conversation: ID<ConversationRecord>, to owner: String, at now: Timestamp,
    in database: Transaction
  ) throws -> Bool {
    guard var record = try ConversationRecord.load(conversation, in: database) else { return false }
    guard record.owner != owner else { return true }
    record.owner = owner
    record.epoch += 1
    try DeliveryStore.cancelPending(
      record.id, fault: "the owner has changed", at: now, in: database)
    try record.save(at: now, in: database)
    return true
  }

  /// The conversation of a message; made when it is the first one. Nil when the message is a
  /// repeat under another sender.
  private func openRecord(
    _ inbound: Inbound, at now: Timestamp, in database: Transaction
  ) throws -> ConversationRecord? {
    if let record = try ConversationRecord.load(
      channel: inbound.channel, externalID: inbound.sender.externalID, in: database)
    {
      if !inbound.sender.otherIDs.isEmpty {
        try AddressBook.learn(inbound, conversation: record.id, at: now, in: database)
      }
      return record
    }
    guard try !InboundStore.isKnown(inbound, in: database) else { return nil }
    if !inbound.sender.otherIDs.isEmpty,
      let record = try AddressBook.findByOtherID(inbound, at: now, in: database)
    {
      return record
    }
    var record = try ConversationRecord.create(
      inbound, language: phrasebook.language(forHint: inbound.sender.languageHint), ids: ids,
      now: now, in: database)
    if !inbound.sender.otherIDs.isEmpty {
      try AddressBook.learn(inbound, conversation: record.id, at: now, in: database)
    }
    record.stoppedAt = try stopList?.take(inbound.sender, on: inbound.channel, in: database)
    return record
  }
}
