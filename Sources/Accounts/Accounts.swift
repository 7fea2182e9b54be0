package import Conversation
package import Storage

/// One person on several channels, and what they can do with what we know of them: link and
/// unlink, see, export and delete.
///
/// Start reading at `LinkFlow` and `PrivacyFlow`. What there is to join, show or delete is told by
/// the `PersonDataKeeper` of each capability; nothing here knows their tables.
package struct Accounts: Sendable {
  package static let migrations = AccountsSchema.migrations
  package static let exportFileName = "parlance-data.json"
  package static let exportTextFileName = "parlance-data.txt"
  /// Every phrase this capability says.
  package static let phrases: [any Phrase] =
    Array(LinkPhrase.allCases) + Array(PrivacyPhrase.allCases) + Array(DataKindPhrase.allCases)
    + Array(ChannelPhrase.allCases)

  /// Where people and their files find us.
  package struct Reach: Sendable {
    /// Our address as the world sees it; nil when it cannot.
    package let publicURL: String?
    /// Our address as a browser on the web chat sees it, where there is no other.
    package let localURL: String
    /// The bot's name on Telegram, without `@`.
    package let telegramBot: String?
    /// Our number on WhatsApp, digits only.
    package let whatsAppNumber: String?

    package init(
      publicURL: String?, localURL: String, telegramBot: String? = nil,
      whatsAppNumber: String? = nil
    ) {
      self.publicURL = publicURL
      self.localURL = localURL
      self.telegramBot = telegramBot
      self.whatsAppNumber = whatsAppNumber
    }
  }

  /// Everything that is known of people, the persons themselves first.
  package let keepers: [PersonDataKeeper]
  private let keys: AccountKeys
  private let reach: Reach

  /// - Parameter keepers: those of all other capabilities, that of `Conversation` first.
  package init(keepers: [PersonDataKeeper], keys: AccountKeys, reach: Reach) {
    self.keepers = keepers + [AccountData.keeper]
    self.keys = keys
    self.reach = reach
  }

  package var flows: [AnyFlow] {
    let linking = Linking(merging: Merging(keepers: keepers), keys: keys)
    let privacy = PrivacyFlow(links: exportLinks, erasures: ErasureRequests(keys: keys))
    return [
      AnyFlow(LinkFlow(linking: linking, reach: reach)),
      AnyFlow(UnlinkFlow(merging: linking.merging)), AnyFlow(privacy),
    ]
  }

  private var exportLinks: ExportLinks {
    ExportLinks(tickets: ExportTickets(keys: keys), reach: reach)
  }

  package var commands: [Command] {
    [
      Command("link", .open(LinkFlow.name, argument: nil), isDeepLink: true),
      Command("unlink", .open(UnlinkFlow.name, argument: nil)),
      Command("privacy", .open(PrivacyFlow.name, argument: nil)),
    ]
  }

  package var timers: [TimerHandler] {
    [
      LinkNotice.handler, ErasureNotices.askedHandler, ErasureNotices.soonHandler,
      ErasureNotices.receiptHandler, ExportNotice.handler(exportLinks.text),
    ]
  }

  package func jobHandlers(_ database: Database, _ time: TimeSource) -> [JobHandler] {
    [
      ErasureJob(keepers: keepers, database: database, time: time).handler,
      ExportJob(keepers: keepers, database: database, time: time).handler,
    ]
  }

  /// The file a token stands for, once; nil when it stands for none, or none any more.
  package func redeemExport(
    _ token: String, at now: Timestamp, from database: Database
  ) async throws -> String? {
    let tickets = ExportTickets(keys: keys)
    let person = try await database.write { try tickets.redeem(token, at: now, in: $0) }
    guard let person else { return nil }
    return try await database.read { [keepers] transaction in
      try PersonExport(keepers: keepers, filesBytesMax: PersonExport.linkedBytesMax).json(
        of: person, at: now, in: transaction)
    }
  }

  /// Parts two who were linked, for staff.
  package func unmerge(_ id: String, at now: Timestamp, in database: Transaction) throws {
    try Merging(keepers: keepers).undo(ID(id), at: now, in: database)
  }

  /// Two persons become one, for staff and tests; the same as a link does.
  package func merge(
    _ one: ID<Person>, _ other: ID<Person>, id: ID<Merge>, at now: Timestamp,
    in database: Transaction
  ) throws -> Merge {
    try Merging(keepers: keepers).merge(one, other, id: id, at: now, in: database)
  }
}
