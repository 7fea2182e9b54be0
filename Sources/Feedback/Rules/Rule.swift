/// Every rule of the check. The raw value is the finding's `rule` and the key of its reason.
enum Rule: String, CaseIterable {
  // Letters and tokens.
  case spelling, contraction
  case splitWord = "split-word"
  case joinedWord = "join-word"
  case doubledWord = "doubled-word"
  case shortForm = "short-form"
  case confusedWord = "confused-word"
  // Set phrases.
  case fixedPhrase = "fixed-phrase"
  case collocation
  case age
  // Verbs and subjects.
  case thirdPerson = "third-person-s"
  case subjectVerb = "subject-verb"
  case beAgreement = "be-agreement"
  case thereIs = "there-is"
  case baseAfterModal = "base-after-modal"
  case baseAfterDo = "base-after-do"
  case baseAfterTo = "base-after-to"
  case extraTo = "extra-to"
  case missingTo = "missing-to"
  case gerundAfterVerb = "gerund-after-verb"
  case gerundAfterPreposition = "gerund-after-preposition"
  case bareInfinitive = "bare-infinitive"
  case irregularPast = "irregular-past"
  case participle
  case continuous
  case pastTime = "past-time"
  case ifClause = "if-clause"
  case sinceFor = "since-for"
  case wish
  case missingBe = "missing-be"
  case extraBe = "extra-be"
  case negation
  case doubleNegative = "double-negative"
  // Nouns and what goes with them.
  case aAn = "a-an"
  case articleExtra = "article-extra"
  case articleMissing = "article-missing"
  case irregularPlural = "irregular-plural"
  case pluralAfterNumber = "plural-after-number"
  case thisThese = "this-these"
  case singularAfterEvery = "singular-after-every"
  case uncountable
  case muchMany = "much-many"
  case fewerLess = "fewer-less"
  case adjectivePlural = "adjective-plural"
  case comparative, superlative
  case thanThen = "than-then"
  case feeling
  case wordForm = "word-form"
  case adverb
  // Small words.
  case preposition
  case timePreposition = "time-preposition"
  case extraPreposition = "extra-preposition"
  case missingPreposition = "missing-preposition"
  case pronounCase = "pronoun-case"
  case possessive
  case doubledSubject = "doubled-subject"
  case doubledLink = "doubled-link"
  // Order.
  case questionOrder = "question-order"
  case indirectQuestion = "indirect-question"
  case wordOrder = "word-order"
  // Mechanics.
  case capitalI = "capital-i"
  case capitalStart = "capital-start"
  case capitalName = "capital-name"
  case fullStop = "full-stop"
  case questionMark = "question-mark"
  case introComma = "intro-comma"
  case clauseComma = "clause-comma"
  case spacing

  var category: Finding.Category {
    switch self {
    case .spelling, .contraction: .spelling
    case .splitWord, .joinedWord, .spacing: .spacing
    case .doubledWord, .extraTo, .extraBe, .doubledSubject, .doubledLink: .extraWord
    case .shortForm, .fixedPhrase, .collocation, .age: .phrase
    case .confusedWord, .comparative, .superlative, .thanThen, .feeling, .wordForm, .adverb,
      .adjectivePlural, .negation, .doubleNegative:
      .wordForm
    case .thirdPerson, .subjectVerb, .beAgreement, .thereIs: .agreement
    case .baseAfterModal, .baseAfterDo, .baseAfterTo, .gerundAfterVerb, .gerundAfterPreposition,
      .bareInfinitive, .irregularPast, .participle, .continuous, .pastTime, .ifClause, .wish:
      .verbForm
    case .missingTo, .missingBe: .missingWord
    case .sinceFor, .preposition, .timePreposition, .extraPreposition, .missingPreposition:
      .preposition
    case .aAn, .articleExtra, .articleMissing: .article
    case .irregularPlural, .pluralAfterNumber, .thisThese, .singularAfterEvery, .uncountable,
      .muchMany, .fewerLess:
      .plural
    case .pronounCase, .possessive: .pronoun
    case .questionOrder, .indirectQuestion, .wordOrder: .wordOrder
    case .capitalI, .capitalStart, .capitalName: .capital
    case .fullStop, .questionMark, .introComma, .clauseComma: .punctuation
    }
  }

  /// How much it matters; in a chat nobody minds a missing full stop.
  func severity(in mode: CheckMode) -> Finding.Severity {
    switch self {
    case .introComma, .clauseComma, .shortForm: .style
    case .fullStop, .questionMark, .spacing: mode == .chat ? .style : .suggestion
    case .fewerLess, .collocation, .superlative, .adverb: .suggestion
    case _: .error
    }
  }

  /// How often a rule of its kind was right on learners' sentences.
  var confidence: Double {
    switch self {
    case .capitalI, .capitalStart, .capitalName, .doubledWord, .contraction, .fullStop: 0.95
    case .irregularPast, .irregularPlural, .aAn, .baseAfterDo, .baseAfterModal, .comparative: 0.9
    case .spelling, .splitWord, .joinedWord: 0.85
    case .articleExtra, .articleMissing, .preposition, .missingBe, .pastTime, .wordForm: 0.7
    case _: 0.8
    }
  }
}
