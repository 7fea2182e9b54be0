import Conversation
import Testing

struct PhrasebookTests {
  private let english = """
    language: en
    name: English
    words:
      skip: [skip, "Pass!"]
    phrases:
      greeting: "Hello, **{{name}}**"
      count: "You have {{count}} words"
      only: "English only"
    """
  private let persian = """
    language: fa
    name: فارسی
    words:
      skip: [رد كن]
    phrases:
      greeting: "سلام {{name}}"
      count: "{{count}} واژه داری"
    """

  private func book() throws -> Phrasebook {
    Phrasebook([
      try PhraseCatalogue(yaml: persian, file: "fa.yaml"),
      try PhraseCatalogue(yaml: english, file: "en.yaml"),
    ])
  }

  @Test func `a phrase is said in the person's language and else in English`() throws {
    let book = try book()
    #expect(book.text(key: "only", in: .persian) == "English only")
    #expect(book.text(key: "only", in: LanguageCode("xx")) == "English only")
    #expect(book.text(key: "missing", in: .english) == "[missing]")
    #expect(book.languages.map(\.language) == [.english, .persian])
  }

  @Test func `a person's words stand for themselves`() throws {
    let said = try book().text(key: "greeting", ["name": "a_b **c** <i>{{x}}"], in: .english)
    #expect(Markup.plain(said) == "Hello, a_b **c** <i>{{x}}")
    #expect(Markup.spans(said).last == .init(.bold, "a_b **c** <i>{{x}}"))
  }

  @Test func `numbers are written in the language's digits`() throws {
    let book = try book()
    #expect(book.text(key: "count", ["count": 12], in: .english) == "You have 12 words")
    #expect(book.text(key: "count", ["count": 12], in: .persian) == "۱۲ واژه داری")
  }

  @Test func `a client's language tag finds the language`() throws {
    let book = try book()
    #expect(book.language(forHint: "fa-IR") == .persian)
    #expect(book.language(forHint: "FA_ir") == .persian)
    #expect(book.language(forHint: "de") == .english)
    #expect(book.language(forHint: "") == .english)
    #expect(book.language(forHint: nil) == .english)
  }

  @Test func `words are known in every language and script`() throws {
    let book = try book()
    for typed in ["skip", "PASS", "رد کن"] {
      #expect(book.matches(TypedAnswer.normalise(typed), word: "skip"))
    }
    #expect(!book.matches("skip", word: "stop"))
  }

  @Test(arguments: [
    ("- a list", "is not a mapping"), ("name: x", "needs `language` and `name`"),
    ("language: en\nname: x\nphrases:\n  a: [1]", "a is not a text"),
    ("language: en\nname: x\nwords:\n  a: b", "words must be lists"),
  ])
  func `a faulty file is told with its name`(yaml: String, problem: String) {
    #expect {
      try PhraseCatalogue(yaml: yaml, file: "xx.yaml")
    } throws: { error in
      let fault = error as? PhraseFault
      return fault?.file == "xx.yaml" && fault?.problem == problem
    }
  }
}
