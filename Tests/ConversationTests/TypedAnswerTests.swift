import Conversation
import Testing

struct TypedAnswerTests {
  @Test(arguments: [
    ("  Yes,  Please! ", "yes, please"), ("كتاب", "کتاب"), ("يكى", "یکی"),
    ("نمی\u{200C}دانم؟", "نمیدانم"), ("۱۲۳", "123"), ("١٢٣", "123"), ("Don’t", "don't"),
    ("«سلام»", "\"سلام\""), ("Yes 👍", "yes"), ("...", ""), ("", ""),
  ])
  func `an answer is read as its plain twin`(typed: String, plain: String) {
    #expect(TypedAnswer.normalise(typed) == plain)
  }

  @Test(arguments: [
    ("1", 0), ("12", 11), ("a", 0), ("z", 25), ("الف", nil), ("ا", 0), ("ب", 1), ("و", 5),
    ("0", nil), ("-3", nil), ("ab", nil), ("", nil), ("99999999999999999999", nil),
  ])
  func `a number or a letter names a place`(answer: String, index: Int?) {
    #expect(TypedAnswer.index(answer) == index)
  }

  @Test(arguments: [UInt64](1...100))
  func `reading an answer twice changes nothing`(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let once = TypedAnswer.normalise(Scribble.text(length: 40, &random))
    #expect(TypedAnswer.normalise(once) == once)
  }

  @Test func `digits are written in the language's own`() {
    #expect(Numerals.localise("12:30", language: .persian) == "۱۲:۳۰")
    #expect(Numerals.localise("12:30", language: .arabic) == "١٢:٣٠")
    #expect(Numerals.localise("12:30", language: .english) == "12:30")
  }
}
