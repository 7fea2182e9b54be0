import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

struct ProfileTests {
  @Test(arguments: [
    ("Change name", "Omid", "Name: Omid"), ("Change daily time", "25", "Time a day: 25 minutes"),
    ("Change reminder", "9 pm", "Reminder: 21:00"),
    ("Change reminder", "No reminder", "Reminder: No reminder"),
    ("Change time zone", "Vienna", "Time zone: Vienna"),
    ("Change level", "A2", "Level: A2 (your own estimate)"),
  ])
  func `one answer is corrected without redoing the rest`(
    _ button: String, _ answer: String, _ line: String
  ) throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press(button)
    let said = try stage.rehearsal.say(answer)
    #expect(said.last?.text.hasPrefix("Your profile") == true)
    #expect(said.last?.text.contains(line) == true, "\(said)")
    #expect(try stage.rehearsal.openFlows() == ["home"])
  }

  @Test func `goals are corrected from what was chosen before`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    #expect(try stage.rehearsal.press("Change goals").last?.buttons.first == "Work")
    try stage.rehearsal.press("Work")
    try stage.rehearsal.press("Done")
    #expect(try stage.rehearsal.say("change goals").last?.buttons.first == "✅ Work")
    try stage.rehearsal.press("Travel")
    try stage.rehearsal.press("✅ Work")
    #expect(try stage.rehearsal.say("done").last?.text.contains("Goals: Travel") == true)
  }

  @Test func `the language is changed from the profile and by command`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change language")
    #expect(try stage.rehearsal.press("فارسی").last?.text.hasPrefix("نمایهٔ شما") == true)
    try stage.rehearsal.say("/language")
    #expect(try stage.rehearsal.say("انگلیسی").first?.text.contains("English") == true)
    #expect(try stage.last().buttons.contains("Learn"))
  }

  @Test func `a correction can be left as it was`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change name")
    #expect(try stage.rehearsal.press("Back").last?.text.contains("Name: Sara") == true)
    try stage.rehearsal.press("Change name")
    #expect(try stage.rehearsal.say("12").last?.text.contains("letters") == true)
    try stage.rehearsal.say("/menu")
    #expect(try stage.last().text.contains("Sara"))
  }

  @Test func `an old profile's buttons keep working`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    let token = try stage.last().tokens[2]
    for _ in 0..<3 { try stage.rehearsal.say("/menu") }
    let said = try stage.rehearsal.send(.choice(.init(token: token)))
    #expect(said.last?.text.contains("What may I call you?") == true)
  }

  @Test func `the test can be taken again and sets the level`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Level test")
    for _ in 0..<8 where try stage.last().text.contains("Question") {
      try stage.rehearsal.press("I don't know")
    }
    #expect(try stage.last().text.contains("Level: A0 (from the short test)"))
    #expect(try stage.profile("self_estimate") == "B1")
  }

  @Test(arguments: [
    ("Tehran", "Asia/Tehran"), ("mashhad", "Asia/Tehran"), ("شیراز", "Asia/Tehran"),
    ("Europe/Lisbon", "Europe/Lisbon"), ("lisbon", "Europe/Lisbon"), ("هامبورگ", "Europe/Berlin"),
    ("los angeles", "America/Los_Angeles"), ("UTC+3:30", "GMT+0330"), ("gmt -5", "GMT-0500"),
  ])
  func `a place is understood`(_ typed: String, _ zone: String) throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change time zone")
    try stage.rehearsal.say(typed)
    #expect(try stage.person()?.timeZone == zone)
  }

  @Test(arguments: [
    (35.8, 50.9, "Asia/Tehran"), (52.0, 13.0, "Europe/Berlin"), (0.0, -150.0, "GMT-1000"),
  ])
  func `a shared location is understood`(
    _ latitude: Double, _ longitude: Double, _ zone: String
  ) throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change time zone")
    try stage.rehearsal.send(.location(latitude: latitude, longitude: longitude))
    #expect(try stage.person()?.timeZone == zone)
  }

  @Test(arguments: [
    ("7:30", "07:30"), ("۷:۳۰", "07:30"), ("7 pm", "19:00"), ("7pm", "19:00"), ("7.15 PM", "19:15"),
    ("۸ شب", "20:00"), ("ساعت ۶ صبح", "06:00"), ("12 am", "00:00"), ("23", "23:00"),
    ("at 9", "09:00"),
  ])
  func `a time of day is understood`(_ typed: String, _ shown: String) throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change reminder")
    let said = try stage.rehearsal.say(typed)
    #expect(said.last?.text.contains("Reminder: \(shown)") == true, "\(said)")
  }

  @Test(arguments: ["25:00", "7:75", "soon", "-1", "7:30:15", "99999999999999999999"])
  func `what is no time of day is asked again`(_ typed: String) throws {
    let stage = try OnboardingStage()
    try stage.complete()
    try stage.rehearsal.press("Change reminder")
    #expect(try stage.rehearsal.say(typed).last?.text.contains("couldn't read") == true)
  }

  @Test func `menu words are answered kindly`() throws {
    let stage = try OnboardingStage()
    try stage.complete()
    #expect(try stage.rehearsal.say("hello!").last?.text.hasPrefix("Hello!") == true)
    #expect(try stage.rehearsal.say("thanks 🙏").last?.text.hasPrefix("You're very") == true)
    #expect(try stage.rehearsal.say("qwzx").last?.text.hasPrefix("I didn't quite") == true)
    #expect(try stage.last().buttons.first == "Learn")
    #expect(try stage.last().buttons.contains("Continue setup") == false)
  }
}
