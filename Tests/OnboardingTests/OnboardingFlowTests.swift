import Conversation
import Foundation
import Rehearsal
import Storage
import Testing

struct OnboardingFlowTests {
  @Test func `the whole first conversation in English ends with the profile`() throws {
    let stage = try OnboardingStage()
    let talk: [(says: String, hears: String)] = [
      ("/start", "Which language"), ("English", "What may I call you?"),
      ("my name is Sara", "Nice to meet you, Sara."), ("Travel", "Choose more"),
      ("1", "Choose more"), ("Done", "read and talk about"), ("music, sport", "Choose more"),
      ("done", "How much time"), ("10", "When may I remind"), ("7:30 pm", "Which city"),
      ("Berlin", "How is your English"), ("A2", "Question 1"),
    ]
    for (says, hears) in talk {
      let said = try stage.rehearsal.say(says)
      #expect(said.count == 1)
      #expect(said[0].text.contains(hears), "after \(says): \(said)")
    }
    for _ in 0..<8 where try stage.last().text.contains("Question") {
      try stage.rehearsal.press("I don't know")
    }
    let profile = try stage.last()
    #expect(profile.text.hasPrefix("Your profile"))
    #expect(profile.text.contains("Name: Sara"))
    #expect(profile.text.contains("Goals: Work, Travel"))
    #expect(profile.text.contains("Interests: Music, Sport"))
    #expect(profile.text.contains("Reminder: 19:30"))
    #expect(profile.text.contains("Time zone: Berlin"))
    #expect(profile.text.contains("Level: A0"))
    #expect(profile.buttons.contains("Change name"))
    #expect(try stage.rehearsal.openFlows() == ["home"])
  }

  @Test func `the whole first conversation in Persian ends with the profile`() throws {
    let stage = try OnboardingStage()
    let talk: [(says: String, hears: String)] = [
      ("سلام", "به چه زبانی"), ("فارسی", "شما را چه صدا کنم؟"),
      ("اسم من سارا است", "خوشوقتم، سارا."), ("سفر", "باز هم"), ("تمام", "دربارهٔ چه چیزهایی"),
      ("۲ و ۳", "باز هم"), ("همین", "روزی چقدر"), ("۱۵ دقیقه", "چه ساعتی"),
      ("۸ شب", "به وقت کدام شهر"), ("شيراز", "انگلیسی شما"), ("b1", "سؤال ۱"),
    ]
    for (says, hears) in talk {
      let said = try stage.rehearsal.say(says, languageHint: "fa-IR")
      #expect(said.count == 1)
      #expect(said.first?.text.contains(hears) == true, "after \(says): \(said)")
    }
    for _ in 0..<8 where try stage.last().text.contains("سؤال") {
      try stage.rehearsal.say("نمی‌دونم")
    }
    let profile = try stage.last()
    #expect(profile.text.hasPrefix("نمایهٔ شما"))
    #expect(profile.text.contains("نام: سارا"))
    #expect(profile.text.contains("یادآوری: ۲۰:۰۰"))
    #expect(profile.text.contains("منطقهٔ زمانی: تهران"))
    #expect(profile.text.contains("زمان روزانه: ۱۵ دقیقه"))
  }

  @Test func `progress is shown in the digits of the language`() throws {
    let stage = try OnboardingStage()
    #expect(try stage.rehearsal.say("hi").last?.text.hasPrefix("▰▱▱▱▱▱▱▱▱ 1/9") == true)
    #expect(try stage.rehearsal.press("فارسی").last?.text.contains("▰▰▱▱▱▱▱▱▱ ۲/۹") == true)
  }

  @Test func `a first conversation that an older program began goes on where it stood`() throws {
    let stage = try OnboardingStage()
    try stage.rehearsal.say("hi")
    try stage.rehearsal.press("English")
    let changed = try stage.rehearsal.database.writeBlocking {
      try $0.execute(
        """
        UPDATE conversations
        SET stack = replace(stack, '{"step":"name"}', '{"draft":{},"step":"name"}')
        """)
    }
    #expect(changed == 1)
    #expect(try stage.rehearsal.say("Sara").last?.text.contains("Nice to meet you, Sara.") == true)
  }

  @Test func `the language of the person's client comes first`() throws {
    let stage = try OnboardingStage()
    let said = try stage.rehearsal.say("/start", languageHint: "fa-IR")
    #expect(said.last?.buttons.first == "فارسی")
  }

  @Test func `back leads one question back from everywhere, typed or pressed`() throws {
    let stage = try OnboardingStage()
    let answers = ["English", "Sara", "Done", "Done", "10", "none", "Tehran", "B1"]
    try stage.rehearsal.say("hi")
    for (index, answer) in answers.enumerated() {
      let asked = try stage.last()
      let next = try stage.rehearsal.say(answer)
      #expect(next.last?.text.contains("\(index + 2)/9") == true, "\(answer): \(next)")
      let back =
        index % 2 == 0
        ? try stage.rehearsal.press("Back") : try stage.rehearsal.say("go back")
      #expect(back.last?.text.contains("\(index + 1)/9") == true)
      #expect(back.last?.buttons == asked.buttons)
      try stage.rehearsal.say(answer)
    }
    #expect(try stage.last().text.contains("9/9"))
  }

  @Test(arguments: ["/menu", "menu", "/help", "منو"])
  func `a digression comes back to the same question`(_ word: String) throws {
    let stage = try OnboardingStage()
    try stage.rehearsal.say("hi")
    try stage.rehearsal.say("English")
    try stage.rehearsal.say("Sara")
    try stage.rehearsal.press("Travel")
    let said = try stage.rehearsal.say(word)
    if said.last?.buttons.contains("Continue setup") == true {
      #expect(said.last?.buttons.contains("Learn") == true)
      try stage.rehearsal.press("Continue setup")
    }
    #expect(try stage.last().buttons.contains("✅ Travel"))
    #expect(try stage.last().text.contains("3/9"))
    #expect(try stage.rehearsal.openFlows() == ["home", "onboarding"])
  }

  @Test func `the menu asked for again and again grows no stack`() throws {
    let stage = try OnboardingStage()
    try stage.rehearsal.say("hi")
    for _ in 0..<12 { try stage.rehearsal.say("/menu") }
    #expect(try stage.rehearsal.openFlows() == ["home", "onboarding", "home"])
  }

  @Test func `a lesson can come first, and the question comes back after it`() throws {
    let stage = try OnboardingStage()
    try stage.rehearsal.say("hi")
    #expect(try stage.rehearsal.press("Try a lesson first").last?.text == "Lesson one: say yes")
    let said = try stage.rehearsal.say("yes")
    #expect(said.map(\.text).first == "Lesson complete")
    #expect(said.last?.text.contains("1/9") == true)
  }

  @Test func `a link leads straight to its lesson`() throws {
    let stage = try OnboardingStage()
    let said = try stage.rehearsal.say("/start lesson_a0-hello")
    #expect(said.map(\.text) == ["Lesson a0-hello: say yes"])
  }

  @Test func `a command as the first message is obeyed`() throws {
    let stage = try OnboardingStage()
    #expect(try stage.rehearsal.say("/menu").last?.buttons.contains("Learn") == true)
  }

  @Test(arguments: [
    ("", "letters"), ("🙂🙂", "letters"), ("12345", "letters"), ("\u{202E}\u{0007}", "letters"),
    (String(repeating: "x", count: 61), "60"), (String(repeating: "و", count: 3_999), "60"),
    (String(repeating: "x", count: 5_000), "4000"),
  ])
  func `an odd name is answered kindly and asked again`(_ name: String, _ hint: String) throws {
    let stage = try OnboardingStage()
    try stage.rehearsal.say("hi")
    try stage.rehearsal.say("English")
    let said = try stage.rehearsal.say(name)
    #expect(said.first?.text.contains(hint) == true, "\(said)")
    #expect(try stage.person()?.name == nil)
    try stage.rehearsal.say("Sara")
    #expect(try stage.person()?.name == "Sara")
  }

  @Test(arguments: [
    ("  Sara\u{0000}\n Moradi  ", "Sara Moradi"), ("I'm Ali!", "Ali"), ("من رضا هستم", "رضا"),
    ("علی‌رضا", "علی‌رضا"), ("O'Neill", "O'Neill"), ("**Max** _M_", "**Max** _M_"),
    ("\u{202E}Sara", "Sara"), ("李雷", "李雷"),
  ])
  func `a name is freed of what is not part of it`(_ typed: String, _ name: String) throws {
    let stage = try OnboardingStage()
    try stage.rehearsal.say("hi")
    try stage.rehearsal.say("English")
    let said = try stage.rehearsal.say(typed)
    #expect(try stage.person()?.name == name)
    #expect(said.last?.text.contains(name) == true)
  }

  @Test func `nonsense at any question is explained and the question asked again`() throws {
    let stage = try OnboardingStage()
    try stage.rehearsal.say("hi")
    let answers = ["English", "Sara", "Done", "Done", "10", "No reminder", "Tehran", "B1"]
    for (index, answer) in answers.enumerated() {
      if index != 1 {
        let said = try stage.rehearsal.say("qwzx qwzx % 99999")
        #expect(said.count == 1)
        #expect(said.first?.text.contains("\(index + 1)/9") == true, "\(said)")
      }
      try stage.rehearsal.send(.location(latitude: 500, longitude: 0))
      try stage.rehearsal.send(.unsupported(kind: "poll"))
      #expect(try stage.last().text.contains("\(index + 1)/9"))
      try stage.rehearsal.say(answer)
    }
    #expect(try stage.rehearsal.say("qwzx").last?.text.contains("9/9") == true)
  }

  @Test func `a button of an older question is refused kindly`() throws {
    let stage = try OnboardingStage()
    let token = try stage.rehearsal.say("hi").last?.tokens.last ?? ""
    try stage.rehearsal.say("English")
    let said = try stage.rehearsal.send(.choice(.init(token: "2:fa")))
    #expect(said.first?.text.contains("older question") == true)
    #expect(said.last?.text.contains("2/9") == true)
    #expect(token.isEmpty == false)
  }

  @Test func `an unreadable state begins anew with the answers kept`() throws {
    let stage = try OnboardingStage()
    for word in ["hi", "English", "Sara"] { try stage.rehearsal.say(word) }
    try stage.rehearsal.database.writeBlocking {
      _ = try $0.execute(
        "UPDATE conversations SET stack = 'home 1 {}' || char(10) || 'onboarding 0 {\"x\":1}'")
    }
    #expect(try stage.rehearsal.say("hello?").last?.text.contains("1/9") == true)
    #expect(try stage.person()?.name == "Sara")
  }
}
