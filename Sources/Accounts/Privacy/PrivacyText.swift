import Conversation
import Foundation
import Storage

/// What is kept of somebody, told in their words.
enum PrivacyText {
  static func overview(_ erasure: Erasure?, _ turn: Turn) throws -> String {
    let conversations = try PersonConversations.all(of: turn.person.id, in: turn.database)
    let messages = try conversations.map {
      try MessageArchive.count($0.id, in: turn.database)
    }.reduce(0, +)
    let channels = conversations.map { "• " + line($0, turn) }
    var parts = [
      turn.phrase(PrivacyPhrase.title),
      turn.phrase(PrivacyPhrase.what, ["messages": .number(messages)]),
      turn.phrase(PrivacyPhrase.consents) + "\n" + channels.joined(separator: "\n"),
    ]
    parts += try outsideLines(turn)
    if let erasure { parts.append(notice(of: erasure, turn)) }
    return parts.joined(separator: "\n\n")
  }

  /// Whether services of others may have their words and their voice; nothing of what nobody has
  /// asked.
  private static func outsideLines(_ turn: Turn) throws -> [String] {
    let said = try Consent.history(of: turn.person.id, in: turn.database)
    let purposes: [(Purpose, isGiven: PrivacyPhrase, isNot: PrivacyPhrase)] = [
      (.model, .modelYes, .modelNo), (.speech, .voiceYes, .voiceNo),
    ]
    return purposes.compactMap { purpose, isGiven, isNot in
      said.last { $0.purpose == purpose }.map {
        turn.phrase($0.state == .granted ? isGiven : isNot, ["at": .text($0.at.day(turn))])
      }
    }
  }

  private static func line(_ conversation: PersonConversations.Entry, _ turn: Turn) -> String {
    let values: [String: PhraseValue] = [
      "channel": .markup(turn.phrase(ChannelPhrase(conversation.channel))),
      "at": .text((conversation.stoppedAt ?? conversation.startedAt).day(turn)),
    ]
    if conversation.stoppedAt != nil { return turn.phrase(PrivacyPhrase.channelStopped, values) }
    if conversation.blockedAt != nil { return turn.phrase(PrivacyPhrase.channelBlocked, values) }
    return turn.phrase(PrivacyPhrase.channelServed, values)
  }

  private static func notice(of erasure: Erasure, _ turn: Turn) -> String {
    let number = PhraseValue.text(ReceiptNumber.shown(erasure.number))
    switch erasure.state {
    case .waiting:
      return turn.phrase(
        PrivacyPhrase.waiting, ["at": .text(erasure.dueAt.text(turn)), "number": number])
    case .announced, .erasing, .done: return turn.phrase(PrivacyPhrase.begins, ["number": number])
    }
  }
}

/// The number of a deletion, by which its receipt can be asked for on any channel.
enum ReceiptNumber {
  /// In two halves, which are easier to copy.
  static func shown(_ number: String) -> String {
    number.prefix(number.count / 2) + "-" + number.dropFirst(number.count / 2)
  }

  /// What a receipt says; it names nobody.
  static func text(of typed: String, _ turn: Turn) throws -> String {
    guard let number = LinkCode.parse(typed, length: ErasureRequests.numberLength),
      let erasure = try ErasureStore.find(number, in: turn.database)
    else { return turn.phrase(PrivacyPhrase.unknownReceipt) }
    let shown = PhraseValue.text(shown(number))
    guard let doneAt = erasure.doneAt else {
      return turn.phrase(
        PrivacyPhrase.receiptWaits, ["number": shown, "at": .text(erasure.dueAt.text(turn))])
    }
    let counts = PersonDataKind.allCases.compactMap { kind in
      erasure.counts[kind.rawValue].map {
        "• " + turn.phrase(DataKindPhrase(kind), ["count": .number($0)])
      }
    }
    let head = turn.phrase(
      PrivacyPhrase.receipt,
      [
        "number": shown, "requested": .text(erasure.requestedAt.text(turn)),
        "done": .text(doneAt.text(turn)),
      ])
    return [head, counts.joined(separator: "\n"), turn.phrase(PrivacyPhrase.receiptKept)]
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

extension Timestamp {
  /// `3 May 2026 at 14:05`, in the calendar of the language and the person's own time.
  func text(_ turn: Turn) -> String { formatted(turn, time: .shortened) }

  /// The same without the hour.
  func day(_ turn: Turn) -> String { formatted(turn, time: .omitted) }

  private func formatted(_ turn: Turn, time: Date.FormatStyle.TimeStyle) -> String {
    let isPersian = turn.person.language == .persian
    var calendar = Calendar(identifier: isPersian ? .persian : .gregorian)
    let zone = turn.person.timeZone ?? LocalTime.defaultZone
    let timeZone = TimeZone(identifier: zone) ?? .gmt
    calendar.timeZone = timeZone
    let locale = Locale(identifier: Self.locales[turn.person.language] ?? "en_GB")
    let style = Date.FormatStyle(
      date: .long, time: time, locale: locale, calendar: calendar, timeZone: timeZone)
    return Date(timeIntervalSince1970: Double(milliseconds) / 1_000).formatted(style)
  }

  private static let locales: [LanguageCode: String] = [
    .arabic: "ar", .english: "en_GB", .persian: "fa_IR",
  ]
}
