import Rehearsal
import Testing

/// Answers that are written: what each is worth.
struct WritingActivityTests {
  @Test func `spelling`() throws {
    let activity = SampleActivities.named("spelling")
    try Case.check(
      activity,
      [
        Case("receipt", .right), Case("Receipt.", .right), Case("r-e-c-e-i-p-t", .right),
        Case("R E C E I P T", .right), Case("reciept", .almost), Case("receit", .almost),
        Case("receiptt", .almost), Case("reciet", .partial, 25), Case("resipt", .partial, 25),
        Case("recipe", .partial, 25), Case("bill", .wrong), Case("رسید", .unclear),
        Case("what is this word, please", .unclear), Case("skip", .skipped), Case("", .unclear),
      ])
  }

  @Test func `spelling that has a British and an American form`() throws {
    let word = "word: \"color\"\nmeaning: { en: \"red or blue\", fa: \"رنگ\" }"
    let activity = ("spelling", word)
    try Case.check(
      activity,
      [
        Case("color", .right), Case("colour", .right), Case("COLOUR", .right),
        Case("collor", .almost),
        Case("colur", .almost), Case("kolor", .almost), Case("cloor", .almost),
        Case("kulur", .wrong),
        Case("red", .wrong), Case("c o l o r", .right), Case("1", .unclear), Case("", .unclear),
      ])
  }

  @Test func `grammar correction`() throws {
    let activity = SampleActivities.named("grammar_correction")
    try Case.check(
      activity,
      [
        Case("She doesn't like black coffee.", .right),
        Case("she doesn’t like black coffee", .right),
        Case("She does not like black coffee!", .right),
        Case("SHE DIDN'T LIKE BLACK COFFEE", .right),
        Case("doesn't like", .right), Case("does not like", .right),
        Case("she doesn't like", .right),
        Case("She doesn't like black coffe.", .almost),
        Case("She doesn't like blakc coffee", .almost),
        Case("She doesn't likes black coffee.", .partial, 50),
        Case("She don't like black coffee.", .partial, 50),
        Case("She don't likes black coffee.", .wrong), Case("like", .wrong), Case("coffee", .wrong),
        Case("He loves tea", .wrong), Case("نمی‌دانم", .unclear), Case("", .unclear),
        Case("skip", .skipped),
      ])
  }

  @Test func `dictation`() throws {
    let activity = SampleActivities.named("dictation")
    try Case.check(
      activity,
      [
        Case("We would like two cups of tea, please.", .right),
        Case("we'd like 2 cups of tea please", .right), Case("two cups of tea, please", .right),
        Case("We would like two cups of tea pleese", .almost),
        Case("We woud like two cups of tea please", .almost),
        Case("We would like two cups of tea", .partial, 87),
        Case("We would like two cups tea please", .partial, 87),
        Case("We would like to cups of tea please", .partial, 87),
        Case("We would like some two cups of tea please", .partial, 87),
        Case("tea please", .partial, 40), Case("bananas are yellow and long", .wrong),
        Case("چای", .unclear), Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test func `translation into English`() throws {
    let activity = SampleActivities.named("translation")
    try Case.check(
      activity,
      [
        Case("Can I pay by card?", .right), Case("can i pay by card", .right),
        Case("Can I pay with my card?", .right), Case("Can I pay by crad?", .almost),
        Case("Coud I pay by card?", .almost), Case("Can I pay card?", .partial),
        Case("May I pay by card?", .partial), Case("I can pay by card", .partial),
        Case("Where is the station?", .wrong), Case("Hello", .wrong),
        Case("می‌شود با کارت پرداخت کنم؟", .unclear), Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test(arguments: [
    ("چقدر می‌شود؟", "✅"), ("چقدر می شود", "✅"), ("چقدر ميشود", "✅"), ("چِقَدر می‌شود", "✅"),
    ("قیمتش چقدر است", "✅"), ("قيمتش چقدر است؟", "✅"), ("چقد می‌شود", "🟡 **"), ("چقدر می‌شد", "🟡"),
    ("قیمت چقدر است", "🟡"), ("سلام حال شما", "❌"), ("How much is it", "لطفاً"), ("", "لطفاً"),
    ("رد شدن", "رد شدید"),
  ])
  func `translation into Persian`(_ says: String, _ heard: String) throws {
    let stage = try LearningStage(
      SampleActivities.curriculum([("translation", SampleActivities.intoPersian)]))
    try stage.open(0, language: "fa")
    let said = try stage.rehearsal.say(says)
    let prefix = heard.replacing("**", with: "")
    #expect(said.first?.text.hasPrefix(prefix) == true, "“\(says)”: \(said)")
  }

  @Test func `who writes no Persian is asked what the sentence means`() throws {
    let activity = ("translation", SampleActivities.intoPersian)
    try Case.check(
      activity, [Case("the price", .right), Case("The size", .wrong), Case("چقدر", .unclear)])
    try Case.checkHostile(activity)
    try Case.checkHostile(activity, language: "fa")
  }

  @Test func `short answer`() throws {
    let activity = SampleActivities.named("short_answer")
    try Case.check(
      activity,
      [
        Case("The receipt", .right), Case("receipt", .right), Case("a receipt.", .right),
        Case("She asks for the receipt", .right), Case("I think she wants the receipt", .right),
        Case("the reciept", .almost), Case("The recept", .almost), Case("not the receipt", .wrong),
        Case("The bill", .wrong), Case("I don't know", .wrong), Case("رسید", .unclear),
        Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test func `short answer with key points`() throws {
    let activity = ("short_answer", SampleActivities.keyPoints)
    try Case.check(
      activity,
      [
        Case("I go by bus and study on the way.", .right), Case("By bus, studying", .right),
        Case("I walk and I read the news", .right), Case("metro; reading", .right),
        Case("I studied when I walked", .right), Case("By bus", .partial, 50),
        Case("I read a lot", .partial, 50), Case("On foot", .wrong), Case("busy", .wrong),
        Case("I drive my car", .wrong), Case("با اتوبوس", .unclear), Case("", .unclear),
      ])
  }

  @Test func `word formation`() throws {
    let activity = SampleActivities.named("word_formation")
    try Case.check(
      activity,
      [
        Case("kindness", .right), Case("Kindness!", .right), Case("KINDNESS", .right),
        Case("Thank you for your kindness", .right), Case("kindnes", .almost),
        Case("kidness", .almost), Case("kindnness", .almost), Case("kind", .wrong),
        Case("kindly", .wrong), Case("kindful", .wrong), Case("مهربانی", .unclear),
        Case("what do you want me to write here", .unclear), Case("", .unclear),
        Case("skip", .skipped),
      ])
  }

  @Test func `speaking prompt in writing`() throws {
    let activity = SampleActivities.named("speaking_prompt")
    try Case.check(
      activity,
      [
        Case("Can I have a cup of tea and a piece of cake? How much is it?", .right),
        Case("I'd like coffee and two sandwiches, please. What does it cost?", .right),
        Case("Coffee and cake please, and tell me how much that will be", .right),
        Case("A tea and a cake, please", .partial), Case("How much is it?", .partial, 36),
        Case("tea cake how much", .partial, 76),
        Case("I want tea tea tea tea tea tea tea", .partial, 32),
        Case("Good morning, my name is Sara and I live here now", .partial, 40),
        Case("Hello there", .wrong), Case("no", .wrong), Case("چای لطفاً", .unclear),
        Case("", .unclear), Case("skip", .skipped),
      ])
  }

  @Test(arguments: [
    "spelling", "grammar_correction", "dictation", "translation", "short_answer",
    "word_formation", "speaking_prompt",
  ])
  func `nothing hostile is right or stops the lesson`(_ type: String) throws {
    try Case.checkHostile(SampleActivities.named(type))
  }

  @Test func `what is different is shown`() throws {
    let stage = try LearningStage(
      SampleActivities.curriculum([SampleActivities.named("dictation")]))
    try stage.open(0)
    let said = try stage.rehearsal.say("We would like too cups tea please now")
    let text = said.first?.text ?? ""
    #expect(text.contains("It is “2”, not “too”."), "\(text)")
    #expect(text.contains("“of” is missing."), "\(text)")
    #expect(text.contains("“now” is too much."), "\(text)")
  }
}
