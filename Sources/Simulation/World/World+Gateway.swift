import Conversation
import Storage

/// Messages arrive, and what the program should have made of them is checked.
extension World {
  private static let redeliveryMs: ClosedRange<Int64> = 500...30_000

  func arrive(_ letter: Letter) throws {
    letter.arrivals += 1
    guard isUp else { return redeliver(letter) }
    journal.note(.arrived, at: nowMs, who: letter.person, Int64(letter.arrivals))
    let answer: Machine.Answer
    do {
      answer = try machine.accept(letter, at: clock, interruption())
    } catch is Machine.Interruption {
      crash()
      return redeliver(letter)
    }
    switch answer {
    case .refused:
      journal.note(.refusedEntry, at: nowMs, who: letter.person)
      redeliver(letter)
    case .acknowledged(let receipt):
      try learn(letter, receipt)
      if chance.strikes(.crashAfterCommit) {
        crash()
        return redeliver(letter)
      }
      if let receipt { wake(receipt) }
      if chance.strikes(.acknowledgementLost) { return redeliver(letter) }
      letter.isAcknowledged = true
    }
  }

  /// The provider brings a message again until it is acknowledged.
  private func redeliver(_ letter: Letter) {
    guard !letter.isAcknowledged else { return }
    let pause = chance.between(Self.redeliveryMs.lowerBound, Self.redeliveryMs.upperBound)
    agenda.plan(.arrive(letter), at: nowMs + pause)
  }

  private func learn(_ letter: Letter, _ receipt: Receipt?) throws {
    guard let receipt else { throw Violation("a message was acknowledged and not kept") }
    if letter.isCommitted {
      guard receipt.outcome == .duplicate else { throw Violation("a repeat was handled again") }
      return journal.note(.duplicate, at: nowMs, who: letter.person)
    }
    guard receipt.outcome != .duplicate, let conversation = receipt.conversation else {
      throw Violation("a new message was taken for a repeat")
    }
    letter.isCommitted = true
    committedLettersCount += 1
    turnsCount += 1
    try meet(conversation, letter.person)
    openWindow(of: letter.person, by: letter.inbound.content)
    let kept = try Kept(letter, in: machine)
    journal.note(
      receipt.outcome == .failed ? .failedTurn : .handled, at: nowMs, who: letter.person,
      Int64(kept.position))
    let expected =
      receipt.outcome == .failed ? fail(letter, kept) : try understand(letter)
    guard kept.times == expected else {
      throw Violation("a text was done \(kept.times) times instead of \(expected)")
    }
    try checkAnswer(to: letter, kept)
  }

  private func meet(_ conversation: ID<ConversationRecord>, _ number: Int) throws {
    if people[number].conversation == nil {
      people[number].conversation = conversation
      personOf[conversation] = number
    }
    guard people[number].conversation == conversation else {
      throw Violation("somebody has two conversations")
    }
  }

  /// A message whose turn failed counts for consent, and waits to be retried.
  private func fail(_ letter: Letter, _ kept: Kept) -> Int {
    let number = letter.person
    people[number].lastWroteInStep = stepsCount
    people[number].isKnownBlocked = false
    if letter.inbound.content.asksToStart { noteStart(number) }
    if let token = letter.token {
      people[number].failed.append((token, kept.position))
    }
    return 0
  }

  /// What a handled message changes.
  ///
  /// - Returns: how often its text should have been given to a flow by now.
  private func understand(_ letter: Letter) throws -> Int {
    let number = letter.person
    let content = letter.inbound.content
    if case .blocked = content {
      people[number].isKnownBlocked = true
      people[number].wasAlwaysServed = false
      return 0
    }
    people[number].lastWroteInStep = stepsCount
    people[number].isKnownBlocked = false
    if people[number].hasStopped {
      guard content.asksToStart else { return 0 }
      noteStart(number)
      if !people[number].isStaffOwned { people[number].hasBegun = true }
      return 0
    }
    if content.asksToStop {
      noteStop(number)
      return 0
    }
    guard !people[number].isStaffOwned else { return 0 }
    guard people[number].hasBegun else {
      people[number].hasBegun = true
      return 0
    }
    if content.asksToRetry, let retried = people[number].failed.popLast() {
      try checkRetried(retried.token)
    }
    guard letter.token != nil, system.vocabulary == nil else { return 0 }
    expectedTextsCount += 1
    return 1
  }

  func checkRetried(_ token: String) throws {
    expectedTextsCount += 1
    let times = try machine.look { try Effects.times(token, in: $0) }
    guard times == 1 else { throw Violation("a retried text was done \(times) times") }
  }

  private func checkAnswer(to letter: Letter, _ kept: Kept) throws {
    let person = people[letter.person]
    switch letter.inbound.content {
    case .reaction, .blocked, .unblocked: return
    case .text, .command, .choice, .attachment, .location, .contact, .edited, .unsupported: break
    }
    guard person.isServed || letter.inbound.content.asksToStop && !person.isKnownBlocked else {
      return
    }
    // Who had already said stop gets no second confirmation.
    guard person.isServed || kept.isAnswered || person.hasStopped else {
      throw Violation("a stop was not confirmed")
    }
    // The tutor answers some with the end of their work; whether it did is seen at the end.
    let waitsForWork = system.vocabulary != nil && kept.hasOpenWork
    guard kept.isAnswered || waitsForWork || !person.isServed else {
      throw Violation("a message was not answered")
    }
  }
}

/// A message as the program has kept it.
private struct Kept {
  let position: Int
  let isAnswered: Bool
  let hasOpenWork: Bool
  let times: Int

  init(_ letter: Letter, in machine: Machine) throws {
    let row = try machine.look { transaction in
      try transaction.first(
        """
        SELECT i.position, EXISTS (SELECT 1 FROM deliveries d
            WHERE d.conversation_id = i.conversation_id AND d.position > i.position
              AND d.kind = 'message') AS answered,
          EXISTS (SELECT 1 FROM jobs j WHERE j.conversation_id = i.conversation_id
              AND j.state IN ('available', 'running')) AS has_open_work,
          coalesce((SELECT times FROM effects WHERE token = \(letter.token ?? "")), 0) AS times
        FROM inbounds i
        WHERE i.channel = \(letter.inbound.channel) AND i.key = \(letter.inbound.key)
        """)
    }
    guard let row else { throw Violation("a message was acknowledged and not kept") }
    position = try row.value("position")
    isAnswered = try row.value("answered")
    hasOpenWork = try row.value("has_open_work")
    times = try row.value("times")
  }
}

extension Content {
  fileprivate var asksToStart: Bool { self == .text("Start") || isCommand("start") }
  fileprivate var asksToStop: Bool { self == .text("Stop") }
  fileprivate var asksToRetry: Bool {
    if case .choice(let press) = self { press.token == "/retry" } else { isCommand("retry") }
  }

  private func isCommand(_ name: String) -> Bool {
    if case .command(name, _) = self { true } else { false }
  }
}
