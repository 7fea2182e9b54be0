import Feedback
import Testing

/// Names written small, as people do in a chat: they are names and not misspelt words.
struct NameTests {
  private static let corrected = [
    ("I live in tehran, iran.", "I live in Tehran, Iran."),
    (
      "My friend sara and her sister maria speak persian.",
      "My friend Sara and her sister Maria speak Persian."
    ),
    ("My brother ali lives in shiraz.", "My brother Ali lives in Shiraz."),
    ("My name is behnaz and I am from gilan.", "My name is Behnaz and I am from Gilan."),
    ("I study for ielts in the uk.", "I study for IELTS in the UK."),
    ("We flew to new york.", "We flew to New York."),
    ("They live in south Africa.", "They live in South Africa."),
    ("Have you met mr Brown?", "Have you met Mr Brown?"),
    ("Mrs smith is our teacher.", "Mrs Smith is our teacher."),
    ("Nowruz is in march.", "Nowruz is in March."),
    ("We meet every Wensday.", "We meet every Wednesday."),
    ("It is cold in Febuary.", "It is cold in February."),
  ]

  private static let right = [
    "My brother Behrang is here.", "We may march on.", "My sister's name is Golrokh.",
    "My cousin golrokh is here.", "Hi golrokh!", "I work with Saman and Parisa.",
  ]

  /// Words of the writer's own language, brands and short forms are no misspelt English.
  private static let ownWords = [
    "We ate qormeh sabzi and mantu.", "It was 300 toman.", "My father drives for snapp.",
    "Kids get money in eid.", "Can you help me pls?", "I play pubg with him.",
    "I was born in the month of Mehr.", "You can call me aboud.", "It starts at 4 am.",
  ]

  @Test(arguments: ownWords)
  func `words of their own language are left alone`(text: String) throws {
    #expect(try Checking.check(text).findings.isEmpty)
  }

  @Test(arguments: corrected)
  func `names get their capitals`(wrong: String, right: String) throws {
    #expect(try Checking.check(wrong).corrected == right)
    #expect(try Checking.check(right).findings.isEmpty)
  }

  @Test(arguments: right)
  func `a name nobody knows is left as it is`(text: String) throws {
    #expect(try Checking.check(text).findings.isEmpty)
  }
}
