import Feedback
import Testing

/// What learners carry over from how their own language joins clauses and tells times.
struct ClauseRuleTests {
  private static let corrected = [
    ("Although it was late, but he worked.", "Although it was late, he worked."),
    ("Because I was ill, so I stayed in bed.", "Because I was ill, I stayed in bed."),
    ("He wants that we help him.", "He wants us to help him."),
    ("They suggested us to wait.", "They suggested that we wait."),
    ("I wish I have a garden.", "I wish I had a garden."),
    ("I wish she can come.", "I wish she could come."),
    ("We have met him last week.", "We met him last week."),
    ("Have you seen her yesterday?", "Did you see her yesterday?"),
    ("She has been there two days ago.", "She was there two days ago."),
    ("I am in this city from three months.", "I have been in this city for three months."),
    ("She is teaching here for six years.", "She has been teaching here for six years."),
    ("I called him ago two hours.", "I called him two hours ago."),
    ("She usually is at home.", "She is usually at home."),
    ("My brother and me are twins.", "My brother and I are twins."),
    ("He is as older as my father.", "He is as old as my father."),
    ("Before to eat, I wash my hands.", "Before eating, I wash my hands."),
    ("We are thinking to move.", "We are thinking of moving."),
    ("She is interested to study medicine.", "She is interested in studying medicine."),
    ("He would like to going home.", "He would like to go home."),
    ("Do you know what time is it?", "Do you know what time it is?"),
    ("The our house is small.", "Our house is small."),
    ("My father works hardly.", "My father works hard."),
    ("That car goes very fastly.", "That car goes very fast."),
    ("How long time does it take?", "How long does it take?"),
    ("I came here for to learn.", "I came here to learn."),
    ("They are ready for go.", "They are ready to go."),
    ("Nobody didn't call.", "Nobody called."),
    ("She never doesn't help.", "She never helps."),
    ("That house is our.", "That house is ours."),
    ("The man which called is my uncle.", "The man who called is my uncle."),
    ("I am 17 years.", "I am 17 years old."),
    ("She is too much beautiful.", "She is too beautiful."),
    ("He speaks English fluent.", "He speaks English fluently."),
    ("My bike is fastest than yours.", "My bike is faster than yours."),
    ("She is the younger in the class.", "She is the youngest in the class."),
    ("It was the baddest day.", "It was the worst day."),
    ("I was absent in the class.", "I was absent from the class."),
    ("She feels herself tired.", "She feels tired."),
    ("I don't no the way.", "I don't know the way."),
    ("She study law.", "She studies law."),
    ("Yesterday we have gone to the sea.", "Yesterday we went to the sea."),
    ("Me love this film.", "I love this film."),
    ("I prefer walk to driving.", "I prefer walking to driving."),
    ("He apologised for be late.", "He apologised for being late."),
    ("She came with train.", "She came by train."),
  ]

  private static let right = [
    "Because he was late, so many people left.", "I have been there in the last year.",
    "Sales have grown more than last year.", "I want that to stop.", "I wish you all the best.",
    "I am staying here for two weeks.", "It is two hours from here.",
    "She works hardly any hours.", "I looked before to see if it was safe.",
    "He said he always was a good student.", "They usually are.",
    "As older as well as younger people know, it is hard.",
    "He told my sister and me that we are late.", "He is interested to know more.",
    "It is her.", "The winner is her.", "She was absent in March.", "He is the taller of the two.",
    "I feel myself falling asleep.", "It is time for me to go.", "It is 15 years.",
    "There is too much good food.", "I waited for it to stop.", "Is your brother older than you?",
  ]

  @Test(arguments: corrected)
  func `what goes wrong between clauses is put right`(wrong: String, right: String) throws {
    #expect(try Checking.check(wrong).corrected == right)
    #expect(try Checking.check(right).findings.isEmpty)
  }

  @Test(arguments: right)
  func `what only looks like it is left alone`(text: String) throws {
    #expect(try Checking.check(text).findings.isEmpty)
  }
}
