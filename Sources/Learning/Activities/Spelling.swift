import Conversation
import Language
import Yams

/// A word to be written: heard where there is sound, unscrambled where there is none.
///
/// Points: right; half for one slip; a quarter for two in a word of seven letters or more.
struct Spelling: Activity {
  private static let letterCount = 3...20
  private static let meaningLengthMax = 80
  private static let acceptsMax = 4
  private static let longFrom = 7
  private static let twoSlipsPercent = 25

  let head: ActivityHead
  private let word: String
  private let meaning: LocalisedText
  private let accepted: [String]

  var kind: ActivityKind { .spelling }
  var typedSolution: String { word }
  var partCount: Int { word.count }
  var speech: String? { word }

  init(_ node: Node, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["word", "meaning", "accepts"], hasPrompt: false, gloss: .none, &reader)
    let word = reader.text("word", in: node, lengthMax: Self.letterCount.upperBound)
    let others = reader.others(
      "accepts", in: node, max: Self.acceptsMax, Self.letterCount.upperBound)
    meaning = reader.translated(
      "meaning", in: node, required: LessonReader.both, lengthMax: Self.meaningLengthMax)
    for text in [word] + others
    where text.count < Self.letterCount.lowerBound || !text.allSatisfy(\.isLetter) {
      reader.fault(node, "“\(text)” is no word of \(Self.letterCount.lowerBound) letters or more")
    }
    if Set(word).count < 2 { reader.fault(node, "`word` cannot be scrambled") }
    let said = AnswerText.form(meaning[.english]).split(separator: " ").map(String.init)
    if said.contains(word.lowercased()) { reader.fault(node, "`meaning.en` says the word") }
    self.word = word
    accepted = ([word, SpellingVariants.british(word.lowercased())] + others).map(Self.plain)
  }

  func solution(in turn: Turn) -> String { Markup.escape(word) }

  func isGivenAway(by order: [Int]) -> Bool { scrambled(order) == word }

  private func scrambled(_ order: [Int]) -> String {
    let letters = Array(word)
    return String(order.map { letters[$0] })
  }

  func marks(in language: LanguageCode) -> [String] { [meaning[language]] }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let meaning = Markup.escape(meaning[turn.person.language])
    var text: String
    if attempt.hasSound {
      text = turn.phrase(LessonPhrase.askSpelling, ["count": .number(word.count)])
    } else {
      let letters = scrambled(attempt.order).lowercased().map(String.init).joined(separator: " ")
      text = turn.phrase(LessonPhrase.askSpellingLetters) + "\n**" + Markup.escape(letters) + "**"
    }
    text += "\n" + meaning
    return Reply(text, acceptsText: true)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    guard case .text(let text) = input, AnswerText.isEnglish(text) else {
      return .unclear(.unclearSpelling)
    }
    let said = Self.plain(text)
    // A sentence is a question or a remark, not a word.
    guard text.count <= Self.letterCount.upperBound * 3,
      said.count <= Self.letterCount.upperBound * 2,
      said.count == text.count(where: \.isLetter) || AnswerText.words(text).count == 1
    else { return .unclear(.unclearSpelling) }
    if accepted.contains(said) { return .scored(.right) }
    let letters = Array(said)
    if accepted.contains(where: { EditDistance.isOne(letters, Array($0)) }) {
      return .scored(.almost)
    }
    let isNear = accepted.contains {
      $0.count >= Self.longFrom && EditDistance.between(letters, Array($0)) <= 2
    }
    return .scored(isNear ? .part(percent: Self.twoSlipsPercent) : .wrong)
  }

  /// `R-E-C-E-I-P-T` and `r e c e i p t` are spelt out, too.
  private static func plain(_ text: String) -> String {
    let parts = text.lowercased().split { !$0.isLetter }
    if parts.count > 1, !parts.allSatisfy({ $0.count == 1 }) {
      return parts.joined(separator: " ")
    }
    return parts.joined()
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    let shown = String(word.prefix(max(1, word.count / 3)))
    return turn.phrase(LessonPhrase.hintBegins, ["text": .text(shown)])
  }
}
