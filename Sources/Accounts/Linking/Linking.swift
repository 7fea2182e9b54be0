import Conversation
import Storage
import Transport

/// Codes given out and redeemed, within their limits.
struct Linking: Sendable {
  /// Codes a person may ask for in an hour.
  static let codesPerHourMax = 5
  /// Wrong codes that may be typed in an hour in one conversation …
  static let triesPerHourMax = 5
  /// … and in all of them together: so few that even with a thousand codes about, guessing one
  /// takes longer than anybody has.
  static let triesOfAllPerHourMax = 500
  static let channelsMax = 8

  enum Offer: Equatable {
    case code(String)
    case tooMany
    case beingDeleted
  }

  enum Outcome: Equatable {
    /// The channel it was linked with.
    case linked(Channel)
    case linkedBefore
    case sameChannel
    case wrong
    case tooManyTries
    case busy
    case tooManyChannels
    case beingDeleted
  }

  let merging: Merging
  let keys: AccountKeys

  func offer(_ turn: Turn) throws -> Offer {
    if try ErasureStore.find(of: turn.person.id, in: turn.database) != nil { return .beingDeleted }
    let count = try LinkCodeStore.count(of: turn.person.id, at: turn.now, in: turn.database)
    guard count < Self.codesPerHourMax else { return .tooMany }
    let code = try LinkCode.make(keys.bytes)
    try LinkCodeStore.add(
      keys.hash(code, for: .link), person: turn.person.id, conversation: turn.conversation,
      at: turn.now, in: turn.database)
    return .code(code)
  }

  /// - Parameter code: as `LinkCode.parse` gives it.
  func redeem(_ code: String, _ turn: Turn) throws -> Outcome {
    let database = turn.database
    let tries = try LinkCodeStore.tries(in: turn.conversation, at: turn.now, database)
    guard tries < Self.triesPerHourMax else { return .tooManyTries }
    guard try LinkCodeStore.triesOfAll(at: turn.now, database) < Self.triesOfAllPerHourMax else {
      return .busy
    }
    let hash = keys.hash(code, for: .link)
    guard let found = try LinkCodeStore.find(hash, at: turn.now, in: database),
      Secrets.equal(hash, found.hash),
      let other = try ConversationRecord.load(found.conversation, in: database)
    else {
      try LinkCodeStore.addTry(turn.conversation, at: turn.now, in: database)
      return .wrong
    }
    guard other.id != turn.conversation else { return .sameChannel }
    let people = [turn.person.id, other.person.id]
    for person in people where try ErasureStore.find(of: person, in: database) != nil {
      return .beingDeleted
    }
    guard try LinkCodeStore.use(found, at: turn.now, in: database) else { return .wrong }
    guard people[0] != people[1] else { return .linkedBefore }
    let channels = try people.map { try PersonConversations.all(of: $0, in: database).count }
    guard channels.reduce(0, +) <= Self.channelsMax else { return .tooManyChannels }
    _ = try merging.merge(people[0], people[1], id: turn.newID(), at: turn.now, in: database)
    try turn.becomeOwner()
    for conversation in [turn.conversation, other.id] {
      try Consent.record(
        .service, .granted, of: conversation, by: turn.linkEvidence, at: turn.now, in: database)
    }
    try LinkNotice.send(to: other.id, from: turn.channel, turn)
    return .linked(other.channel)
  }
}

extension Turn {
  /// Who links two channels wants answers on either.
  fileprivate var linkEvidence: Consent.Evidence {
    Consent.Evidence(.link, conversation: conversation)
  }

  /// Speaks from here on to whoever the conversation belongs to now.
  func becomeOwner() throws {
    guard let record = try ConversationRecord.load(conversation, in: database) else { return }
    become(record.person)
  }
}

/// Tells the channel that gave the code out that it was used.
enum LinkNotice {
  static let timer = "link-notice"

  static func send(
    to conversation: ID<ConversationRecord>, from channel: Channel, _ turn: Turn
  ) throws {
    try turn.setTimer(
      TimerRequest(
        timer, dueAt: turn.now, payload: channel.rawValue, waitsForMorning: false),
      in: conversation)
  }

  static let handler = TimerHandler(timer) { payload, turn in
    guard let channel = Channel(rawValue: payload) else { return }
    try turn.notify(
      Reply(
        turn.phrase(
          LinkPhrase.notice,
          [
            "channel": .markup(turn.phrase(ChannelPhrase(channel))),
            "hours": .number(UnlinkFlow.safeHours),
          ]), choices: [.command("unlink", turn.phrase(LinkPhrase.unlink))]))
  }
}
