import Conversation

/// Gives out a code for another channel, and takes one from there.
struct LinkFlow: Flow {
  static let name: FlowName = "link"
  private static let newCodeID = "new"
  private static let backID = "back"
  /// What a person may want to go on with on the channel they have just linked.
  private static let lesson: FlowName = "lesson"

  struct State: Codable, Sendable, Equatable {}

  let linking: Linking
  let reach: Accounts.Reach

  var name: FlowName { Self.name }
  var version: Int { 1 }

  /// `argument` is a code from another channel.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    guard let argument else { return try offer(turn) }
    return try redeem(argument, turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .choice(Self.newCodeID): try offer(turn)
    case .choice(Self.backID): .finish
    case .text(let text):
      if turn.phrasebook.matches(TypedAnswer.normalise(text), word: "back") {
        .finish
      } else {
        try redeem(text, turn)
      }
    case .choice, .attachment, .location, .contact, .unsupported:
      try ask(turn.phrase(LinkPhrase.unclear), turn)
    case .finished, .failed, .timer: .wait(state)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try ask(turn.phrase(LinkPhrase.waiting), turn)
  }

  // MARK: A code for another channel

  private func offer(_ turn: Turn) throws -> Next<State> {
    switch try linking.offer(turn) {
    case .code(let code): return try ask(text(of: code, turn), turn)
    case .tooMany: return try ask(turn.phrase(LinkPhrase.tooManyCodes), turn)
    case .beingDeleted:
      try turn.say(Reply(turn.phrase(LinkPhrase.beingDeleted)))
      return .finish
    }
  }

  private func text(of code: String, _ turn: Turn) -> String {
    var lines = [
      turn.phrase(
        LinkPhrase.offer,
        ["code": .text(code), "minutes": .number(Int(LinkCode.lifeMs / 60_000))])
    ]
    if let bot = reach.telegramBot, turn.channel != .telegram {
      let url = "https://t.me/\(bot)?start=link_\(code)"
      lines.append(turn.phrase(LinkPhrase.offerTelegram, ["url": .text(url)]))
    }
    if let number = reach.whatsAppNumber, turn.channel != .whatsapp {
      let url = "https://wa.me/\(number)?text=%2Flink%20\(code)"
      lines.append(turn.phrase(LinkPhrase.offerWhatsApp, ["url": .text(url)]))
    }
    lines.append(turn.phrase(LinkPhrase.typeHere))
    return lines.joined(separator: "\n\n")
  }

  private func ask(_ text: String, _ turn: Turn) throws -> Next<State> {
    try turn.ask(
      Reply(
        text,
        choices: [
          Choice(Self.newCodeID, turn.phrase(LinkPhrase.newCode)),
          Choice(Self.backID, turn.phrase(LinkPhrase.back)),
        ]), then: State())
  }

  // MARK: A code from another channel

  private func redeem(_ text: String, _ turn: Turn) throws -> Next<State> {
    guard let code = LinkCode.parse(text) else {
      return try ask(turn.phrase(LinkPhrase.unclear), turn)
    }
    switch try linking.redeem(code, turn) {
    case .linked(let other): return try welcome(other, turn)
    case .linkedBefore: return try end(.linkedBefore, turn)
    case .beingDeleted: return try end(.beingDeleted, turn)
    case .tooManyChannels: return try end(.tooManyChannels, turn)
    case .tooManyTries: return try end(.tooManyTries, turn)
    case .busy: return try end(.busy, turn)
    case .sameChannel: return try ask(turn.phrase(LinkPhrase.sameChannel), turn)
    case .wrong: return try ask(turn.phrase(LinkPhrase.wrong), turn)
    }
  }

  private func end(_ phrase: LinkPhrase, _ turn: Turn) throws -> Next<State> {
    try turn.say(Reply(turn.phrase(phrase)))
    return .finish
  }

  private func welcome(_ other: Channel, _ turn: Turn) throws -> Next<State> {
    var text = turn.phrase(
      LinkPhrase.linked,
      [
        "channel": .markup(turn.phrase(ChannelPhrase(turn.channel))),
        "other": .markup(turn.phrase(ChannelPhrase(other))),
      ])
    var choices: [Choice] = []
    if try PersonConversations.hasFrame(
      of: Self.lesson, person: turn.person.id, except: turn.conversation, in: turn.database)
    {
      text += "\n\n" + turn.phrase(LinkPhrase.lessonWaits)
      choices.append(.command("learn", turn.phrase(LinkPhrase.goOn)))
    }
    choices.append(.command("menu", turn.phrase(LinkPhrase.menu)))
    try turn.say(Reply(text, choices: choices))
    return .leave
  }
}
