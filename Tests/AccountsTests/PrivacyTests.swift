import Accounts
import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

struct PrivacyTests {
  private static let dayMs: Int64 = 86_400_000
  private static let marker = "Zarafshan"

  /// The token of the link that was said last.
  private func token(_ rehearsal: Rehearsal) throws -> String {
    let text = try rehearsal.messages().last?.text ?? ""
    let match = text.firstMatch(of: #//privacy/export/(?<token>[A-Za-z0-9_-]+)/#)
    return match.map { String($0.output.token) } ?? ""
  }

  private func receipt(_ rehearsal: Rehearsal) throws -> String {
    let texts = try rehearsal.messages().map(\.text)
    let match = texts.compactMap { $0.firstMatch(of: #/(?<number>[2-9A-Z]{5}-[2-9A-Z]{5})/#) }.last
    return match.map { String($0.output.number) } ?? ""
  }

  /// What providers say of the deliveries that wait.
  private func sendAll(_ stage: AccountsStage) throws {
    try stage.database.writeBlocking {
      _ = try $0.execute("UPDATE messages SET state = 'sent' WHERE state = 'pending'")
    }
  }

  private func requestDeletion(_ rehearsal: Rehearsal) throws {
    try rehearsal.say("/privacy")
    try rehearsal.press("Delete everything")
    try rehearsal.press("Yes, delete all")
  }

  /// Days pass and workers work, until the deletion is done.
  private func letPass(_ stage: AccountsStage, days: Int64) async throws {
    stage.advance(milliseconds: days * Self.dayMs)
    for _ in 0..<5 {
      try await stage.work()
      try sendAll(stage)
      stage.advance(milliseconds: 5_000)
    }
  }

  // MARK: Seeing

  @Test func `it says what is kept, and where we may write`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.link(stage.telegram, stage.web)
    try stage.telegram.say("stop")
    let said = try stage.web.say("/privacy")
    let text = try #require(said.first).text
    #expect(text.hasPrefix("Your data"))
    #expect(text.contains("• Telegram: no, you said stop on 9 October 2025."))
    #expect(text.contains("• the web chat: yes, since 9 October 2025."))
    #expect(
      said.first?.buttons == ["What I may send", "Download my data", "Delete everything", "Back"])
  }

  /// What the ledger holds of one purpose on each channel, newest last.
  private func ledger(_ stage: AccountsStage, _ purpose: Purpose) throws -> [String] {
    let person = try #require(try stage.person(stage.telegram))
    return try stage.database.readBlocking {
      try Consent.history(of: person.id, in: $0).filter { $0.purpose == purpose }.map {
        "\($0.channel.rawValue) \($0.state.rawValue) \($0.evidence.source.rawValue)"
      }
    }
  }

  @Test func `each purpose is given and withdrawn on each channel`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.link(stage.telegram, stage.sms)
    try stage.telegram.say("/privacy")
    let shown = try #require(try stage.telegram.press("What I may send").first)
    #expect(shown.text.hasPrefix("What I may send you: Telegram"))
    #expect(shown.text.contains("News and offers: no"))
    #expect(shown.buttons.suffix(3) == ["Allow news and offers", "SMS", "Back"])
    let allowed = try #require(try stage.telegram.press("Allow news and offers").first)
    #expect(allowed.text.contains("News and offers: yes"))
    #expect(allowed.buttons.contains("No news and offers"))
    // The other channel has its own answer.
    let other = try #require(try stage.telegram.press("SMS").first)
    #expect(other.text.contains("News and offers: no"))
    try stage.telegram.press("No reminders")
    #expect(try ledger(stage, .marketing) == ["telegram granted setting"])
    #expect(try ledger(stage, .reminders).last == "sms withdrawn setting")
    try stage.telegram.press("Telegram")
    try stage.telegram.press("No news and offers")
    #expect(try ledger(stage, .marketing).last == "telegram withdrawn setting")
    let unclear = try #require(try stage.telegram.say("hm").first)
    #expect(unclear.text.hasPrefix("Please choose with the buttons."))
    #expect(try stage.telegram.press("Back").first?.text.hasPrefix("Your data") == true)
  }

  @Test func `where stop was said nothing can be allowed from elsewhere`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.link(stage.telegram, stage.web)
    try stage.telegram.say("stop")
    try stage.web.say("/privacy")
    try stage.web.press("What I may send")
    let other = try #require(try stage.web.press("Telegram").first)
    #expect(other.text.contains("You said stop there"))
    #expect(other.buttons == ["the web chat", "Back"])
  }

  @Test func `in Persian it speaks Persian, dates included`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.telegram.say("/language")
    try stage.telegram.say("فارسی")
    let text = try #require(try stage.telegram.say("/privacy").first).text
    #expect(text.contains("• تلگرام: بله، از ۱۷ مهر ۱۴۰۴."))
  }

  // MARK: Fetching

  @Test func `the export is valid JSON and holds everything`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: Self.marker)
    try stage.telegram.say("/learn")
    try stage.telegram.say("Start")
    try stage.telegram.say("1")
    try stage.telegram.say("a \"quoted\" word\nand a \u{1} line")
    try stage.link(stage.telegram, stage.web)
    try stage.telegram.say("/privacy")
    try stage.telegram.press("Download my data")
    #expect(try stage.telegram.messages().last?.text.contains(AccountsStage.publicURL) == true)
    let json = try #require(
      try await stage.accounts.redeemExport(
        try token(stage.telegram), at: stage.now, from: stage.database))
    let parsed = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let root = try #require(parsed)
    #expect(root["format"] as? String == "parlance-person-1")
    #expect(Set(root.keys).isSuperset(of: ["conversation", "onboarding", "learning", "accounts"]))
    let conversation = try #require(root["conversation"] as? [String: Any])
    let channels = try #require(conversation["conversations"] as? [[String: Any]])
    #expect(channels.count == 2)
    // Every message, both ways.
    let messages = channels.flatMap { $0["messages"] as? [Any] ?? [] }
    let rows = try stage.number(
      """
      SELECT count(*) AS n FROM messages
      """)
    #expect(messages.count == rows)
    for table in ["lesson_runs", "activity_answers", "daily_xp"] {
      #expect(try stage.dump()[table]?.isEmpty == false)
    }
    let learning = try #require(root["learning"] as? [String: Any])
    #expect((learning["answers"] as? [Any])?.count == 1)
    #expect(json.contains(Self.marker))
  }

  @Test func `the link works once and for an hour`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.telegram.say("/privacy")
    try stage.telegram.press("Download my data")
    let first = try token(stage.telegram)
    func fetch(_ token: String) async throws -> String? {
      try await stage.accounts.redeemExport(token, at: stage.now, from: stage.database)
    }
    #expect(try await fetch(first + "x") == nil)
    #expect(try await fetch(first) != nil)
    #expect(try await fetch(first) == nil)
    try stage.telegram.say("download")
    let second = try token(stage.telegram)
    #expect(second != first)
    stage.advance(milliseconds: 3_600_000)
    #expect(try await fetch(second) == nil)
    #expect(
      try stage.text("SELECT group_concat(token_hash) AS t FROM export_tickets")?
        .contains(second) == false)
  }

  @Test func `without a public address only the web chat gets a link`() throws {
    let stage = try AccountsStage(publicURL: nil)
    try stage.introduce(stage.sms, as: "Sara")
    try stage.sms.say("/privacy")
    let said = try stage.sms.press("Download my data")
    #expect(said.last?.text.contains("Open the web chat") == true)
    try stage.introduce(stage.web, as: "Sara")
    try stage.web.say("/privacy")
    try stage.web.press("Download my data")
    #expect(try stage.web.messages().last?.text.contains("http://127.0.0.1:8080/privacy") == true)
  }

  // MARK: Deleting

  @Test func `one press deletes nothing, and going back neither`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.telegram.say("/privacy")
    try stage.telegram.press("Delete everything")
    try stage.telegram.press("Back")
    #expect(try stage.number("SELECT count(*) AS n FROM erasures") == 0)
    try stage.telegram.say("delete")
    try stage.telegram.say("hm")
    #expect(try stage.number("SELECT count(*) AS n FROM erasures") == 0)
    try stage.telegram.say("delete")
    #expect(try stage.number("SELECT count(*) AS n FROM erasures") == 1)
  }

  @Test func `nothing is left of a person after seven days, and a receipt tells what`() async throws
  {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: Self.marker)
    try stage.introduce(stage.web, as: Self.marker + " Two", reminder: "08:00")
    try stage.telegram.say("/learn")
    for word in ["Start", "1", "skip", Self.marker] { try stage.telegram.say(word) }
    try stage.link(stage.telegram, stage.web)
    try await stage.work()
    let person = try #require(try stage.person(stage.web)).id
    let conversation = try #require(try stage.conversation(stage.telegram))
    try stage.database.writeBlocking { transaction in
      for payload in [Self.marker, "\"chat\":{\"id\":7700112233}"] {
        try WebhookLog.append(
          provider: "telegram", payload: payload,
          conversation: payload == Self.marker ? conversation : nil, at: stage.now,
          in: transaction)
      }
      try WebhookLog.append(
        provider: "telegram", payload: "somebody else's", at: stage.now, in: transaction)
    }
    try requestDeletion(stage.web)
    let number = try receipt(stage.web)
    #expect(number.count == 11)
    try await letPass(stage, days: 6)
    #expect(try stage.web.messages().last?.text.contains("keep your account now") == true)
    try await letPass(stage, days: 1)
    let dump = try stage.dump()
    for (table, rows) in dump {
      for text in [Self.marker, person.text, "7700112233", "web-chat-of-0123456789"] {
        #expect(!rows.contains { $0.contains(text) }, "\(table) still holds \(text)")
      }
    }
    #expect(dump["webhook_log"]?.count == 1)
    for table in ["people", "conversations", "messages", "timers", "merges"] {
      #expect(dump[table] == [], "\(table)")
    }
    let said = try stage.sms.say("/privacy \(number)", languageHint: "en")
    let shown = try #require(said.first { $0.text.contains("Receipt \(number)") }).text
    #expect(shown.contains("Channels: 2"))
    #expect(shown.contains("Log entries of the channels: 2"))
    #expect(shown.contains("Messages: "))
  }

  @Test func `the same address writing again is a new guest`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: Self.marker)
    try requestDeletion(stage.telegram)
    let before = try #require(try stage.person(stage.telegram)).id
    try await letPass(stage, days: 8)
    let said = try stage.telegram.say("hi", languageHint: "en")
    #expect(said.first?.text.contains("Which language shall we speak?") == true)
    #expect(try stage.person(stage.telegram)?.id != before)
  }

  @Test func `a stop outlives the deletion as a keyed hash`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: Self.marker)
    try requestDeletion(stage.telegram)
    try stage.telegram.say("stop")
    try await letPass(stage, days: 8)
    #expect(try stage.number("SELECT count(*) AS n FROM people") == 0)
    let kept = try #require(try stage.text("SELECT address_hash AS t FROM stop_list"))
    #expect(kept.count == 64)
    let isHeld = try stage.database.readBlocking {
      try stage.keys.stopList.holds("7700112233", on: .telegram, in: $0)
    }
    #expect(isHeld)
    #expect(try stage.telegram.say("hi").isEmpty)
    #expect(try stage.telegram.say("start").isEmpty == false)
    #expect(try stage.telegram.say("hi").isEmpty == false)
  }

  @Test func `writing does not stop it, keeping the account does`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try requestDeletion(stage.telegram)
    stage.advance(milliseconds: 6 * Self.dayMs)
    try stage.telegram.say("hello")
    try stage.telegram.say("/privacy")
    #expect(try stage.telegram.messages().last?.text.contains("Everything will be deleted") == true)
    try stage.telegram.press("Keep my account")
    #expect(try stage.telegram.messages().last?.text.contains("I'm glad") == true)
    try await letPass(stage, days: 3)
    #expect(try stage.person(stage.telegram)?.name == "Sara")
  }

  @Test func `all channels hear of it, and any of them can keep the account`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.link(stage.telegram, stage.web)
    try await stage.work()
    try requestDeletion(stage.web)
    try await stage.work()
    #expect(try stage.telegram.messages().last?.text.contains("on another channel") == true)
    try stage.telegram.press("My data")
    try stage.telegram.press("Keep my account")
    let (telegram, web) = (
      try stage.telegram.messages().count, try stage.web.messages().count
    )
    try await letPass(stage, days: 8)
    #expect(try stage.telegram.messages().count == telegram)
    #expect(try stage.web.messages().count == web)
    #expect(try stage.person(stage.web)?.name == "Sara")
  }

  @Test func `an account that is to be deleted is not linked`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let code = try stage.code(stage.telegram)
    try requestDeletion(stage.telegram)
    let said = try stage.web.say("/link \(code)", languageHint: "en")
    #expect(said.first?.text.contains("about to be deleted") == true)
    #expect(try stage.number("SELECT count(*) AS n FROM people") == 2)
  }

  @Test func `what waits to be sent is given up first`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try requestDeletion(stage.telegram)
    stage.advance(milliseconds: 7 * Self.dayMs)
    let pending = try stage.number(
      "SELECT count(*) AS n FROM deliveries WHERE state = 'pending'")
    #expect(pending > 0)
    let job = try #require(try stage.claim().first)
    try await stage.run(job)
    #expect(
      try stage.number("SELECT count(*) AS n FROM deliveries WHERE state = 'pending'") == 0)
    #expect(try stage.number("SELECT count(*) AS n FROM people") == 1)
  }

  @Test func `a deletion that dies in the middle is finished after a restart`() async throws {
    let home = FileManager.default.temporaryDirectory
      .appendingPathComponent("parlance-erasure-\(ProcessInfo.processInfo.processIdentifier).db")
    defer { for end in ["", "-wal", "-shm"] { unlink(home.path + end) } }
    let stage = try AccountsStage(location: .file(path: home.path))
    try stage.introduce(stage.telegram, as: Self.marker)
    try requestDeletion(stage.telegram)
    stage.advance(milliseconds: 7 * Self.dayMs)
    try await stage.work()
    try sendAll(stage)
    stage.advance(milliseconds: 5_000)
    // A worker takes the job, deletes a first part of it and is never heard of again.
    let job = try #require(try stage.claim().first)
    let person = try #require(try stage.person(stage.telegram)).id
    try stage.database.writeBlocking { transaction in
      for keeper in stage.accounts.keepers.reversed() {
        _ = try keeper.erase(PersonErasure(person: person), transaction)
      }
    }
    #expect(job.attempt >= 1)
    await stage.database.close()
    let again = try AccountsStage(seed: 2, location: .file(path: home.path))
    again.advance(milliseconds: 7 * Self.dayMs + 3_600_000)
    try again.database.writeBlocking { _ = try again.queue.rescue(at: again.now, in: $0) }
    for _ in 0..<3 {
      try await again.work()
      again.advance(milliseconds: 5_000)
    }
    #expect(try again.number("SELECT count(*) AS n FROM people") == 0)
    #expect(try again.number("SELECT count(*) AS n FROM erasures WHERE state = 'done'") == 1)
    for (table, rows) in try again.dump() {
      #expect(!rows.contains { $0.contains(Self.marker) }, "\(table)")
    }
    await again.database.close()
  }
}
