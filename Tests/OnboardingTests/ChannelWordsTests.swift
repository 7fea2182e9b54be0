import Conversation
import Rehearsal
import Storage
import Testing

/// What people on a channel of its own rules are told.
struct ChannelWordsTests {
  private static let dayMs: Int64 = 86_400_000

  private func whatsapp() throws -> OnboardingStage {
    try OnboardingStage(chat: "989120000000", channel: .whatsapp)
  }

  @Test func `who sets a reminder where we may not always write is told so`() throws {
    let stage = try whatsapp()
    for word in ["hi", "English", "Sara", "Done", "Done"] { try stage.rehearsal.say(word) }
    #expect(try stage.rehearsal.say("10").last?.text.contains("within a day") == true)
    let page = try OnboardingStage()
    for word in ["hi", "English", "Sara", "Done", "Done"] { try page.rehearsal.say(word) }
    #expect(try page.rehearsal.say("10").last?.text.contains("within a day") == false)
  }

  @Test func `the last reminder that we may send freely says what comes after it`() throws {
    let stage = try whatsapp()
    try stage.complete()
    stage.rehearsal.move(to: Timestamp(milliseconds: try #require(try stage.reminderDueAt())))
    let said = try stage.rehearsal.fireDueTimers()
    #expect(said.first?.text.contains("Press a button or write anything") == true)
    // They did not write: the next one waits for them, and says nothing of it.
    stage.rehearsal.move(to: Timestamp(milliseconds: try #require(try stage.reminderDueAt())))
    let late = try stage.rehearsal.fireDueTimers()
    #expect(late.first?.text.contains("Press a button or write anything") == false)
  }

  @Test func `choosing a reminder and taking it back is kept as consent`() throws {
    let stage = try whatsapp()
    try stage.complete()
    try stage.rehearsal.press("Change reminder")
    try stage.rehearsal.press("No reminder")
    let states: [String] = try stage.rehearsal.database.readBlocking { transaction in
      try transaction.all(
        "SELECT state FROM consents WHERE purpose = 'reminders' ORDER BY number"
      ).map { try $0.value("state") }
    }
    #expect(states == ["granted", "withdrawn"])
  }

  @Test(arguments: [
    (Channel.whatsapp, "help", "English"), (.sms, "HELP", "English"), (.sms, "راهنما", "فارسی"),
    (.whatsapp, "مساعدة", "العربية"),
  ])
  func `help tells what the bot is, who runs it and how to stop`(
    channel: Channel, word: String, language: String
  ) throws {
    let stage = try OnboardingStage(chat: "989120000000", channel: channel)
    try stage.rehearsal.say("hi")
    try stage.rehearsal.say(language)
    let help = try #require(try stage.rehearsal.say(word).first?.text)
    #expect(help.contains("Parlance"))
    #expect(["STOP", "توقف", "إيقاف"].contains { help.contains($0) })
    // By SMS every line costs.
    #expect(help.contains("/learn") == (channel != .sms))
  }

  @Test(arguments: [
    "STOP", "Unsubscribe", "stop all", "لغو", "توقف", "انصراف", "لغو اشتراک", "إيقاف", "الغاء",
  ])
  func `every word for stop is obeyed on every channel`(word: String) throws {
    for channel in [Channel.sms, .whatsapp, .telegram, .webchat] {
      let stage = try OnboardingStage(chat: "989120000000", channel: channel)
      try stage.complete()
      #expect(try stage.rehearsal.say(word).count == 1, "\(channel)")
      #expect(try stage.rehearsal.say("hello").isEmpty)
    }
  }
}
