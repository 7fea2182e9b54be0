import Feedback
import Testing

struct RuleTests {
  struct Sample: CustomTestStringConvertible {
    let rule: String
    let wrong: String
    let right: String
    var testDescription: String { "\(rule): \(wrong)" }

    init(_ rule: String, _ wrong: String, _ right: String) {
      self.rule = rule
      self.wrong = wrong
      self.right = right
    }
  }

  static let chat = [
    Sample("spelling", "We had a wonderfull time.", "We had a wonderful time."),
    Sample("contraction", "They dont live here.", "They don't live here."),
    Sample("split-word", "He reads alot of books.", "He reads a lot of books."),
    Sample("join-word", "She did it by her self.", "She did it by herself."),
    Sample("doubled-word", "I saw the the sea.", "I saw the sea."),
    Sample("confused-word", "Their is a cat in the garden.", "There is a cat in the garden."),
    Sample("fixed-phrase", "It rained in the same time.", "It rained at the same time."),
    Sample("collocation", "I must make homework now.", "I must do homework now."),
    Sample("age", "My sister has 12 years.", "My sister is 12 years old."),
    Sample("third-person-s", "He want a new phone.", "He wants a new phone."),
    Sample("subject-verb", "They likes football.", "They like football."),
    Sample("be-agreement", "We was at home.", "We were at home."),
    Sample(
      "be-agreement", "She go to school yesterday and she have two childs.",
      "She went to school yesterday and she has two children."),
    Sample(
      "be-agreement", "He lives in a big house and he have a dog.",
      "He lives in a big house and he has a dog."),
    Sample("there-is", "There is three shops here.", "There are three shops here."),
    Sample("base-after-modal", "You can sleeps here.", "You can sleep here."),
    Sample("base-after-do", "They didn't went out.", "They didn't go out."),
    Sample("base-after-to", "I want to bought it.", "I want to buy it."),
    Sample("extra-to", "She must to wait.", "She must wait."),
    Sample("missing-to", "I want eat something.", "I want to eat something."),
    Sample("gerund-after-verb", "I enjoy to cook.", "I enjoy cooking."),
    Sample("gerund-after-preposition", "He left without eat.", "He left without eating."),
    Sample("bare-infinitive", "She let me to sleep.", "She let me sleep."),
    Sample("irregular-past", "I thinked about it.", "I thought about it."),
    Sample("participle", "She has ate the cake.", "She has eaten the cake."),
    Sample("continuous", "I am needing a pen.", "I need a pen."),
    Sample("past-time", "I see him yesterday.", "I saw him yesterday."),
    Sample("if-clause", "If it will rain, I will stay.", "If it rains, I will stay."),
    Sample("since-for", "I have waited since two hours.", "I have waited for two hours."),
    Sample("missing-be", "He very tall.", "He is very tall."),
    Sample("extra-be", "I am live in Rome.", "I live in Rome."),
    Sample("negation", "I not like fish.", "I do not like fish."),
    Sample("double-negative", "I didn't say nothing.", "I didn't say anything."),
    Sample("a-an", "I ate a orange.", "I ate an orange."),
    Sample("article-extra", "We play the football.", "We play football."),
    Sample("article-missing", "She is nurse.", "She is a nurse."),
    Sample("irregular-plural", "Two womans sat there.", "Two women sat there."),
    Sample("plural-after-number", "I have three cat.", "I have three cats."),
    Sample("this-these", "This shoes are old.", "These shoes are old."),
    Sample("singular-after-every", "Every cities has a park.", "Every city has a park."),
    Sample("uncountable", "I need informations.", "I need information."),
    Sample("much-many", "I don't have much books.", "I don't have many books."),
    Sample("fewer-less", "There are less shops now.", "There are fewer shops now."),
    Sample("comparative", "This is more cheap.", "This is cheaper."),
    Sample("superlative", "It is the most cheapest shop.", "It is the cheapest shop."),
    Sample("than-then", "She is older then him.", "She is older than him."),
    Sample("feeling", "I am boring.", "I am bored."),
    Sample("word-form", "He gave me good advise.", "He gave me good advice."),
    Sample("preposition", "He is married with Ana.", "He is married to Ana."),
    Sample("time-preposition", "We meet in Tuesday.", "We meet on Tuesday."),
    Sample("extra-preposition", "She entered to the room.", "She entered the room."),
    Sample("missing-preposition", "I listen the radio.", "I listen to the radio."),
    Sample("pronoun-case", "She came with he.", "She came with him."),
    Sample("possessive", "He hurt hisself.", "He hurt himself."),
    Sample("doubled-subject", "My brother he is tall.", "My brother is tall."),
    Sample("question-order", "Where you live?", "Where do you live?"),
    Sample("indirect-question", "I know where is she.", "I know where she is."),
    Sample("word-order", "I like very much this song.", "I like this song very much."),
    Sample("word-order", "He goes always to bed late.", "He always goes to bed late."),
    Sample("article-missing", "She bought car.", "She bought a car."),
    Sample("article-missing", "They live in small village.", "They live in a small village."),
    Sample("article-missing", "First reason is the cost.", "The first reason is the cost."),
    Sample("plural-after-number", "We met in other country.", "We met in other countries."),
    Sample("plural-after-number", "Scientist have found it.", "Scientists have found it."),
    Sample("third-person-s", "If the teacher ask me, I go.", "If the teacher asks me, I go."),
    Sample("be-agreement", "I need a person who are kind.", "I need a person who is kind."),
    Sample("missing-be", "We will able to do it.", "We will be able to do it."),
    Sample("confused-word", "I smile when your in a group.", "I smile when you're in a group."),
    Sample("confused-word", "The hotel is to expensive.", "The hotel is too expensive."),
    Sample("confused-word", "They show there products.", "They show their products."),
    Sample("confused-word", "Its often said that he lied.", "It's often said that he lied."),
    Sample("confused-word", "He is loosing weight.", "He is losing weight."),
    Sample("word-form", "It has a great affect on us.", "It has a great effect on us."),
    Sample("possessive", "It changes a persons life.", "It changes a person's life."),
    Sample("collocation", "She did a choice.", "She made a choice."),
    Sample("collocation", "He always says the truth.", "He always tells the truth."),
    Sample("preposition", "He is addicted on sugar.", "He is addicted to sugar."),
    Sample("uncountable", "I gave feedbacks to her.", "I gave feedback to her."),
    Sample("capital-i", "She and i work here.", "She and I work here."),
    Sample("capital-start", "it is late.", "It is late."),
    Sample("capital-name", "We met on sunday.", "We met on Sunday."),
  ]

  @Test(arguments: chat) func `a common mistake is found by its rule and put right`(
    _ sample: Sample
  ) throws {
    let check = try Checking.check(sample.wrong)
    #expect(check.corrected == sample.right)
    #expect(check.findings.map(\.rule).contains(sample.rule))
  }

  @Test(arguments: chat) func `what is right stays as it is`(_ sample: Sample) throws {
    #expect(try Checking.check(sample.right).findings == [])
  }

  static let essay = [
    Sample("intro-comma", "However we stayed at home.", "However, we stayed at home."),
    Sample(
      "clause-comma", "If he comes home we eat together.", "If he comes home, we eat together."),
    Sample("full-stop", "We stayed at home all day", "We stayed at home all day."),
    Sample("short-form", "I like it coz it is easy.", "I like it because it is easy."),
  ]

  @Test(arguments: essay) func `an essay is held to more than a chat`(_ sample: Sample) throws {
    let check = try Checking.check(sample.wrong, .essay)
    #expect(check.corrected == sample.right)
    #expect(check.findings.map(\.rule) == [sample.rule])
  }

  @Test func `a chat is spared commas and style`() throws {
    for text in ["However we stayed at home.", "I like it coz it is easy."] {
      #expect(try Checking.check(text).findings == [])
    }
  }

  static let sound = [
    "If I were you, I would go.", "She suggested that he go home.", "The book he bought is mine.",
    "Do you know where she lives?", "He and I are good friends.",
    "My brother and she have two cats.", "My little sister and he are at home.",
    "I saw him put it there yesterday.",
    "She made him laugh.", "I heard the dog bark.", "The police are here.", "My family is big.",
    "There is a lot of work.", "She had had enough.", "I think that that is right.",
    "What happened?", "Who lives here?", "You know him, don't you?", "He works as a teacher.",
    "A few people came.", "It may be true.", "He used to play chess.", "We stayed for an hour.",
    "Read the text and answer the questions.", "Let's go!", "Nobody knows.", "Does she like it?",
    "In May we go to Spain.", "I have been here since 2019.", "The more I read, the more I learn.",
    "He has a two-year-old son.", "She can't have seen it.", "Would you like some tea?",
    "Three hundred people came to the World Cup.", "My name is Behnam and I live in Shiraz.",
    "I watched Netflix with Gump lol.", "Sooo good!!!", "My best friend is called Parisa.",
    "I love you very much.", "We have always lived here.", "They remain always friendly.",
    "He said, as always, nothing.", "She lives in New York City.", "We travelled by car.",
    "They had car trouble.", "I was afraid to.", "One of them asked the other person to wait.",
    "It made the teacher ask me again.", "I suggested that the teacher ask me.",
    "He went from good to bad.", "Your parents are over there.", "Its tail is long.",
    "How could he know?", "Had he known, he would have come.", "So do they.", "I like your idea.",
    "Is it as easy as they say?", "Neither he nor she came.", "He can, however, be late.",
    "Can new technology help?", "The person who lives there is kind.", "Parents have rights.",
    "First place went to her.", "The students work hard.", "I want to save money.",
    "Thanks for the advice.", "The news is bad.", "Everyone was late.", "How are you?",
  ]

  @Test(arguments: sound) func `sound sentences are left in peace`(_ text: String) throws {
    #expect(try Checking.check(text).findings == [])
  }

  @Test func `every finding names a listed rule`() throws {
    for sample in Self.chat {
      for finding in try Checking.check(sample.wrong).findings {
        #expect(TextChecker.rules.contains(finding.rule))
        #expect((0...1).contains(finding.confidence))
      }
    }
    #expect(Set(TextChecker.rules).count == TextChecker.rules.count)
  }

  @Test func `checking what was corrected finds no more errors`() throws {
    for sample in Self.chat {
      let corrected = try Checking.check(sample.wrong).corrected
      let again = try Checking.check(corrected).findings.filter { $0.severity == .error }
      #expect(again == [], "\(corrected)")
    }
  }
}
