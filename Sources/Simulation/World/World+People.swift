import Conversation
import Storage

/// What people do, and how it travels to the program.
extension World {
  private static let pauseMs: ClosedRange<Int64> = 500...18_000
  private static let travelMs: ClosedRange<Int64> = 20...200
  private static let longText = String(repeating: "long ", count: 1_000)

  func act(_ number: Int) throws {
    guard !isWindingDown else { return }
    try speak(number)
    try link(number)
    if chance.strikes(.staffTakesOver) { try changeOwner(number, toStaff: true) }
    let isHasty = chance.below(12) == 0
    let pause = isHasty ? 20 : chance.between(Self.pauseMs.lowerBound, Self.pauseMs.upperBound)
    agenda.plan(.personActs(number), at: nowMs + pause)
  }

  func speak(_ number: Int) throws {
    guard let next = try nextContent(of: number) else { return }
    post(next.content, token: next.token, from: number)
  }

  private func nextContent(
    of number: Int
  ) throws -> (content: Content, token: String?)? {
    let isPushed = lines[people[number].line].limits != nil
    if people[number].hasBlocked {
      guard chance.below(4) == 0 else { return nil }
      people[number].hasBlocked = false
      let isTold = lines[people[number].line].channel != .sms && chance.below(2) == 0
      return isTold ? (.unblocked, nil) : text(of: number)
    }
    if isPushed, chance.strikes(.personBlocks) {
      people[number].hasBlocked = true
      let isTold = lines[people[number].line].channel != .sms && chance.below(3) > 0
      return isTold ? (.blocked, nil) : nil
    }
    if people[number].hasStopped, chance.below(3) == 0 {
      return (chance.below(2) == 0 ? .text("Start") : .command(name: "start", argument: ""), nil)
    }
    if !people[number].failed.isEmpty, chance.below(3) == 0 { return retry }
    if chance.strikes(.flowThrows), system.vocabulary == nil { return trap(of: number) }
    return lines[people[number].line].channel == .sms
      ? typedContent(of: number) : try usualContent(of: number)
  }

  private func usualContent(
    of number: Int
  ) throws -> (content: Content, token: String?) {
    switch chance.below(100) {
    case 0..<50: text(of: number)
    case 50..<80: try press(of: number)
    case 80..<84: (.command(name: "menu", argument: ""), nil)
    case 84..<86: (.command(name: "help", argument: ""), nil)
    case 86..<88: (.command(name: "aside", argument: ""), nil)
    case 88: (.command(name: "nonsense", argument: "x"), nil)
    case 89: retry
    case 90: (.edited(text: "changed"), nil)
    case 91: (.reaction(emoji: "👍"), nil)
    case 92: (.unsupported(kind: "dice"), nil)
    case 93: (.attachment(.init(kind: .voice, fileID: "voice-1", durationSeconds: 3)), nil)
    case 94: (.location(latitude: 35.7, longitude: 51.4), nil)
    case 95: (.text(Self.longText), nil)
    case 96: (.command(name: "start", argument: ""), nil)
    case 97: (.text("Stop"), nil)
    case _: (.choice(.init(token: garbage(), queryID: query(of: number))), nil)
    }
  }

  /// What people send who have no buttons: numbers in any digits, letters, titles, words.
  private func typedContent(of number: Int) -> (content: Content, token: String?) {
    switch chance.below(100) {
    case 0..<50: text(of: number)
    case 50..<80: (.text(chance.pick(["1", "۲", "3.", "٤", "d", "۵", "6", "ب", "9"]) ?? ""), nil)
    case 80..<88: (.text(chance.pick(["Work", "alarm", "LEAVE", "Aside!"]) ?? ""), nil)
    case 88..<91: (.text("menu"), nil)
    case 91: retry
    case 92: (.text(Self.longText), nil)
    case 93: (.attachment(.init(kind: .image, fileID: "image-1")), nil)
    case 94: (.command(name: "help", argument: ""), nil)
    case 95: (.command(name: "start", argument: ""), nil)
    case 96..<98: (.text("Stop"), nil)
    case _: (.text("؟؟"), nil)
    }
  }

  private var retry: (content: Content, token: String?) {
    (.command(name: "retry", argument: ""), nil)
  }

  private func text(of number: Int) -> (content: Content, token: String?) {
    if let vocabulary = system.vocabulary {
      return (.text(chance.pick(vocabulary) ?? "hello"), nil)
    }
    let token = "\(Effects.notePrefix)\(people[number].lettersCount) of \(number)"
    return (.text(token), token)
  }

  private func trap(of number: Int) -> (content: Content, token: String?) {
    let until = clock.adding(milliseconds: chance.between(1_000, 30_000))
    trapsEndAt = max(trapsEndAt, until)
    let text = Trap.text(
      until: until, token: "\(people[number].lettersCount) of \(number)")
    return (.text(text), text)
  }

  private func press(of number: Int) throws -> (content: Content, token: String?) {
    try lookAtPage(number)
    let source =
      switch chance.below(20) {
      case 0: people[number].olderButtons
      case 1: people[chance.below(people.count)].buttons
      case _: people[number].buttons
      }
    let token = chance.pick(source) ?? garbage()
    return (.choice(.init(token: token, queryID: query(of: number))), nil)
  }

  private func garbage() -> String {
    chance.pick(["", ":", "999999:x", "-1:work", "work", "/", "/nonsense", "٣:work"]) ?? ""
  }

  private func query(of number: Int) -> String? {
    lines[people[number].line].limits == nil ? nil : "query-\(people[number].lettersCount)"
  }

  /// Where nothing is pushed, the person's page fetches the newest question.
  private func lookAtPage(_ number: Int) throws {
    guard lines[people[number].line].limits == nil, let id = people[number].conversation
    else { return }
    let prompt = try machine.look { transaction in
      try ConversationRecord.load(id, in: transaction)?.prompt
    }
    guard let prompt else { return }
    show(prompt.choices.map { Prompt.token($0, at: prompt.position) }, to: number)
  }

  func show(_ buttons: [String], to number: Int) {
    guard !buttons.isEmpty, buttons != people[number].buttons else { return }
    people[number].olderButtons = people[number].buttons
    people[number].buttons = buttons
  }

  private func post(_ content: Content, token: String?, from number: Int) {
    people[number].lettersCount += 1
    let key = "\(people[number].chat)/\(people[number].lettersCount)"
    let inbound = Inbound(
      channel: people[number].channel, key: key,
      sender: .init(externalID: people[number].chat), content: content)
    let letter = Letter(inbound, person: number, token: token)
    journal.note(.person, at: nowMs, who: number, Int64(people[number].lettersCount))
    if content.counts, let windowMs = lines[people[number].line].capabilities?.windowMs {
      people[number].providerWindowUntilMs = nowMs + windowMs
    }
    var delay = chance.between(Self.travelMs.lowerBound, Self.travelMs.upperBound)
    if chance.strikes(.webhookDelayed) { delay += chance.between(1_000, 60_000) }
    if chance.strikes(.webhookReordered) {
      delay += 3_000
      agenda.plan(.personAdds(number), at: nowMs + 10)
    }
    if chance.strikes(.webhookDropped) { delay += chance.between(5_000, 60_000) }
    agenda.plan(.arrive(letter), at: nowMs + delay)
    if chance.strikes(.webhookRepeated) {
      for _ in 0...chance.below(3) {
        agenda.plan(.arrive(letter), at: nowMs + chance.between(10, 90_000))
      }
    }
  }
}
