import Storage

/// One run of the engine over one conversation: routes what came in, lets the flows speak, and
/// writes what follows.
struct Step {
  /// Flows that push or finish each other in a circle are stopped here.
  static let transitionsMax = 16
  /// Retries that failed themselves, passed over in search of what they were meant for.
  static let failedRetriesMax = 64

  let engine: Engine
  var record: ConversationRecord
  let now: Timestamp
  let database: Transaction
  let turn: Turn
  var outcome = Receipt.Outcome.handled
  /// What the provider wants acknowledged.
  var queryID: String?
  /// The words that were typed, normalised.
  var typed: String?
  /// The button that was used, or the words that stand for it.
  var chosen: Choice?

  init(engine: Engine, record: ConversationRecord, now: Timestamp, database: Transaction) {
    self.engine = engine
    self.record = record
    self.now = now
    self.database = database
    turn = Turn(
      record, now: now, phrasebook: engine.phrasebook, ids: engine.ids, database: database)
    turn.carriesFiles = engine.capabilities[record.channel]?.captionLengthMax != nil
  }

  /// A message from the person; one that is run again has not arrived now.
  mutating func run(_ content: Content, isNew: Bool, isRetried: Bool = false) throws {
    if case .blocked = content { return try block() }
    if !isRetried { noteArrival(of: content) }
    if case .choice(let press) = content { queryID = press.queryID }
    if try obeyConsent(content) { return }
    guard record.isOwnedByBot else { return }
    if isNew || record.stack.frames.isEmpty { return try beginConversation(content) }
    try route(content)
  }

  /// An event from inside.
  ///
  /// - Parameter mark: the flow it is meant for, wherever it stands on the stack; nil for the one
  ///   on top.
  mutating func run(_ input: Input, for mark: Frame.Mark?) throws {
    if case .timer(KeptMessages.timer, let payload) = input { return try takeUpKept(payload) }
    defer { if !record.isServed { turn.beSilent() } }
    if case .timer(let name, let payload) = input {
      let handler = engine.timers[name]
      guard record.isServed || handler?.runsUnserved == true else { return }
      if let handler { return try handler.fire(payload, turn) }
    }
    // A flow that is never told waits for ever, so it hears of the end of its work also while the
    // person cannot be spoken to; nothing is said, and they find it further on when they come back.
    guard let mark else { return try feedTop(input) }
    try feed(input, to: mark)
  }

  /// The turn of `content` has failed. What it says about consent counts all the same: whoever
  /// wrote can be reached, and whoever asked to be served again is not left in silence.
  mutating func tellFailure(of content: Content) throws {
    outcome = .failed
    if case .blocked = content { return try block() }
    noteArrival(of: content)
    if record.stoppedAt != nil, let words = content.consentWords, isStart(words) {
      try consentKeeper(words, content).start()
      record.stoppedAt = nil
    }
    guard record.isServed else { return }
    let button = Choice.command("retry", turn.phrase(EnginePhrase.retry))
    try turn.notify(Reply(turn.phrase(EnginePhrase.failed), choices: [button]))
  }

  /// The same for what came from inside: there is nothing the person could send again.
  mutating func tellFailure() throws {
    guard record.isServed else { return }
    try turn.notify(Reply(turn.phrase(EnginePhrase.failed)))
  }

  mutating func tellLate() throws {
    guard record.isServed else { return }
    try turn.notify(Reply(turn.phrase(EnginePhrase.stillWorking)))
  }

  /// The person has written: they can be reached, and we may write freely again.
  private mutating func noteArrival(of content: Content) {
    record.blockedAt = nil
    guard content.opensWindow, let windowMs = engine.capabilities[record.channel]?.windowMs
    else { return }
    let windowUntil = now.adding(milliseconds: windowMs - Window.marginMs)
    record.windowUntil = windowUntil
    turn.windowUntil = windowUntil
    guard record.waitsForWindow else { return }
    record.waitsForWindow = false
    record.sendDueAt = record.sendDueAt.map { min($0, now) }
  }

  private mutating func block() throws {
    record.blockedAt = now
    try DeliveryStore.cancelPending(record.id, fault: "blocked", at: now, in: database)
  }

  /// Stop and start, obeyed before anything else.
  ///
  /// - Returns: whether the message is dealt with.
  private mutating func obeyConsent(_ content: Content) throws -> Bool {
    let words = content.consentWords
    typed = words
    if record.stoppedAt != nil {
      guard let words, isStart(words) else { return true }
      try consentKeeper(words, content).start()
      record.stoppedAt = nil
      try turn.notify(Reply(turn.phrase(EnginePhrase.started)))
      guard record.isOwnedByBot else { return true }
      if !record.stack.frames.isEmpty { try resumeTop() }
      return !record.stack.frames.isEmpty
    }
    guard let words, matches(words, "stop"), !isAnswer(words, content) else { return false }
    try DeliveryStore.cancelPending(record.id, fault: "stopped", at: now, in: database)
    try consentKeeper(words, content).stop()
    record.stoppedAt = now
    try turn.notify(Reply(turn.phrase(EnginePhrase.stopped)))
    return true
  }

  /// Whether the words are a choice of the open question. An edit never answers one.
  private func isAnswer(_ words: String, _ content: Content) -> Bool {
    if case .edited = content { return false }
    return record.prompt?.choice(forNormalised: words) != nil
  }

  private func consentKeeper(_ words: String, _ content: Content) -> ConsentKeeper {
    let source: Consent.Source =
      switch content {
      case .choice: .button
      case .command: .command
      case .text, .attachment, .location, .contact, .edited, .reaction, .blocked, .unblocked,
        .unsupported:
        .typed
      }
    return ConsentKeeper(
      record: record,
      evidence: Consent.Evidence(
        source, word: words, conversation: record.id, position: turn.inboundPosition),
      capabilities: engine.capabilities, now: now, database: database)
  }

  private func isStart(_ words: String) -> Bool { words == "start" || matches(words, "start") }

  func matches(_ normalised: String, _ word: String) -> Bool {
    engine.phrasebook.matches(normalised, word: word)
  }
}

extension Content {
  /// The words in which consent is given or withdrawn.
  fileprivate var consentWords: String? {
    switch self {
    case .text(let text): Self.words(text)
    case .attachment(let attachment): attachment.caption.flatMap(Self.words)
    // Channels do not read commands in what was edited.
    case .edited(let text):
      Self.words(text).map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
    case .command(let name, _): name
    case .choice(let press) where press.token.hasPrefix("/"): String(press.token.dropFirst())
    case .choice, .location, .contact, .reaction, .blocked, .unblocked, .unsupported: nil
    }
  }

  /// Nobody says stop, or a choice's title, in a letter's length.
  private static func words(_ text: String) -> String? {
    text.utf8.count <= Engine.wordsBytesMax ? TypedAnswer.normalise(text) : nil
  }

  /// Whether it is a message in the eyes of a channel that counts the time since the last one. In
  /// doubt it is not: asking once too often is better than not being heard.
  fileprivate var opensWindow: Bool {
    switch self {
    case .text, .command, .choice, .attachment, .location, .contact, .unsupported: true
    case .edited, .reaction, .blocked, .unblocked: false
    }
  }
}
