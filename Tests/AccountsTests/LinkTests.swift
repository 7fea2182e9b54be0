import Accounts
import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

struct LinkTests {
  private static let minuteMs: Int64 = 60_000
  private static let hourMs: Int64 = 3_600_000

  @Test func `a code typed on another channel makes two persons one`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let code = try stage.code(stage.telegram)
    #expect(code.count == 8)
    let said = try stage.sms.say("/link \(code)", languageHint: "fa")
    #expect(said.first?.text.contains("Telegram and SMS belong together now") == true)
    let person = try #require(try stage.person(stage.telegram))
    #expect(try stage.person(stage.sms) == person)
    #expect(person.name == "Sara")
    #expect(try stage.number("SELECT count(*) AS n FROM people") == 1)
  }

  @Test func `the code is shown with the ways to use it, and is kept as a hash only`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.sms, as: "Sara")
    let code = try stage.code(stage.sms)
    let text = try #require(try stage.sms.messages().last).text
    #expect(text.contains("https://t.me/parlance_bot?start=link_\(code)"))
    #expect(text.contains("https://wa.me/15550001111?text=%2Flink%20\(code)"))
    #expect(text.contains("within 10 minutes"))
    let stored = try #require(try stage.text("SELECT code_hash AS t FROM link_codes"))
    #expect(stored.count == 64)
    #expect(!stored.contains(code))
  }

  @Test func `a newcomer who follows the deep link is linked before anything is asked`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.web, as: "Sara")
    let code = try stage.code(stage.web)
    let said = try stage.telegram.send(.command(name: "start", argument: "link_\(code)"))
    #expect(said.first?.text.hasPrefix("Done! the web chat and Telegram") == true)
    #expect(said.last?.text.contains("Your profile") == true)
    #expect(!said.contains { $0.text.contains("Which language") })
    #expect(try stage.person(stage.telegram)?.name == "Sara")
  }

  @Test func `a code can be typed into the open question, in any case and with any digits`() throws
  {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let code = try stage.code(stage.telegram)
    try stage.web.say("hi", languageHint: "fa")
    try stage.web.say("/link")
    let persian = String(
      String.UnicodeScalarView(
        code.unicodeScalars.compactMap {
          ("0"..."9").contains($0) ? Unicode.Scalar($0.value - 0x30 + 0x06F0) : $0
        }))
    let typed = persian.lowercased().prefix(4) + "-" + persian.lowercased().dropFirst(4)
    try stage.web.say(String(typed))
    #expect(try stage.person(stage.web) == stage.person(stage.telegram))
  }

  @Test func `a code works once`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let code = try stage.code(stage.telegram)
    try stage.web.say("/link \(code)")
    let said = try stage.sms.say("/link \(code)")
    #expect(said.first?.text.contains("I don't know that code") == true)
    #expect(try stage.person(stage.sms) != stage.person(stage.telegram))
  }

  @Test func `a code is good for ten minutes`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let early = try stage.code(stage.telegram)
    stage.advance(milliseconds: 10 * Self.minuteMs - 1)
    try stage.web.say("/link \(early)")
    #expect(try stage.person(stage.web) == stage.person(stage.telegram))
    let late = try stage.code(stage.telegram)
    stage.advance(milliseconds: 10 * Self.minuteMs)
    try stage.sms.say("/link \(late)")
    #expect(try stage.person(stage.sms) != stage.person(stage.telegram))
  }

  @Test func `a code typed where it was made is not used up`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let code = try stage.code(stage.telegram)
    #expect(try stage.telegram.say(code).last?.text.contains("made here") == true)
    try stage.web.say("/link \(code)")
    #expect(try stage.person(stage.web) == stage.person(stage.telegram))
  }

  @Test func `only five codes an hour are given out`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    for _ in 0..<5 { #expect(try stage.code(stage.telegram).count == 8) }
    #expect(try stage.code(stage.telegram) == "")
    stage.advance(milliseconds: Self.hourMs)
    #expect(try stage.code(stage.telegram).count == 8)
  }

  @Test func `after five wrong codes in an hour not even the right one is taken`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.introduce(stage.web, as: "Omid")
    let code = try stage.code(stage.telegram)
    let wrong = ["CCCCCCCC", "DDDDDDDD", "FFFFFFFF", "HHHHHHHH", "JJJJJJJJ"]
    for guess in wrong {
      #expect(try stage.web.say("/link \(guess)").last?.text.contains("don't know") == true)
    }
    let said = try stage.web.say("/link \(code)")
    #expect(said.first?.text.contains("wrong code too often") == true)
    #expect(try stage.person(stage.web) != stage.person(stage.telegram))
    stage.advance(milliseconds: Self.hourMs)
    let fresh = try stage.code(stage.telegram)
    try stage.web.say("/link \(fresh)")
    #expect(try stage.person(stage.web) == stage.person(stage.telegram))
  }

  @Test func `a crowd that guesses together is stopped, too`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let code = try stage.code(stage.telegram)
    for number in 0..<100 {
      let chat = stage.web.beside(channel: .webchat, chat: "guesser-0123456789-\(number)")
      for guess in ["CCCCCCCC", "DDDDDDDD", "FFFFFFFF", "HHHHHHHH", "JJJJJJJJ"] {
        try chat.say("/link \(guess)")
      }
    }
    let said = try stage.web.say("/link \(code)", languageHint: "en")
    #expect(said.first?.text.contains("can't check codes right now") == true)
  }

  @Test func `what is no code at all costs no try`() throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.web, as: "Sara")
    try stage.web.say("/link")
    for word in ["hello", "12345678", "what?", "O0O0O0O0", "🙂", "code", "CCCC CCC"] {
      #expect(try stage.web.say(word).last?.text.contains("doesn't look like a code") == true)
    }
    #expect(try stage.number("SELECT count(*) AS n FROM link_tries") == 0)
  }

  @Test func `the channel that gave the code out is told, and can part them again`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.introduce(stage.web, as: "Omid")
    try stage.link(stage.telegram, stage.web)
    try await stage.work()
    let notice = try #require(try stage.telegram.messages().last)
    #expect(notice.text.contains("linked with the web chat"))
    #expect(notice.text.contains("/unlink within 24 hours"))
    try stage.telegram.press("Separate again")
    let said = try stage.telegram.press("Yes, separate")
    #expect(said.first?.text.contains("two accounts again") == true)
    #expect(try stage.person(stage.telegram)?.name == "Sara")
    #expect(try stage.person(stage.web)?.name == "Omid")
  }

  @Test func `a day later only staff can part them`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    try stage.introduce(stage.web, as: "Omid")
    try stage.link(stage.telegram, stage.web)
    stage.advance(milliseconds: 24 * Self.hourMs + 1)
    let said = try stage.telegram.say("/unlink")
    #expect(said.first?.text.contains("nothing to separate") == true)
    let id = try #require(try stage.text("SELECT id AS t FROM merges"))
    try stage.database.writeBlocking { try stage.accounts.unmerge(id, at: stage.now, in: $0) }
    #expect(try stage.person(stage.web)?.name == "Omid")
    #expect(throws: MergeFault.undoneBefore) {
      try stage.database.writeBlocking { try stage.accounts.unmerge(id, at: stage.now, in: $0) }
    }
  }

  @Test func `a channel that was stopped or blocked is not told`() async throws {
    let stage = try AccountsStage()
    try stage.introduce(stage.telegram, as: "Sara")
    let stopped = try stage.code(stage.telegram)
    try stage.telegram.say("stop")
    let before = try stage.telegram.messages().count
    try stage.web.say("/link \(stopped)")
    try await stage.work()
    #expect(try stage.person(stage.web)?.name == "Sara")
    #expect(try stage.telegram.messages().count == before)
  }
}
