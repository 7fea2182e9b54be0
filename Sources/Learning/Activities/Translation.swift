import Conversation
import Language
import Yams

/// A sentence to be said in the other language. Who does not know Persian is told what to say in
/// English, or answers a question about the English sentence.
///
/// Points: right for an accepted answer, half for one slip of it; otherwise by likeness to the
/// nearest one (chrF2): nothing up to 40, then rising in a line to 80 percent at 100.
struct Translation: Activity {
  private static let keys: Set<String> = ["source", "to", "answers"]
  private static let sourceLengthMax = 160
  private static let answerLengthMax = 200
  private static let answerCount = 1...12
  private static let likenessMin = 40.0
  private static let likenessMax = 100.0
  private static let percentMax = 80.0
  private static let answerWordsMax = 60

  let head: ActivityHead
  private let source: LocalisedText
  private let answers: [String]
  private let accepted: AcceptedAnswers
  /// What is asked of those who write no Persian; nil when the answer is English.
  private let instead: InsteadQuestion?
  private let persianKeys: [String]

  private var isIntoPersian: Bool { instead != nil }

  var kind: ActivityKind { .translation }
  /// For those who write no Persian.
  var typedSolution: String { instead?.question.right ?? accepted.first }
  var partCount: Int { instead?.question.options.count ?? 0 }

  init(_ node: Node, _ reader: inout ContentReader) {
    let target = reader.text("to", in: node, lengthMax: 2)
    let isIntoPersian = target == LanguageCode.persian.text
    if !isIntoPersian, target != LanguageCode.english.text {
      reader.fault(node, "`to` must be en or fa")
    }
    head = ActivityHead(
      node, keys: isIntoPersian ? Self.keys.union(["instead"]) : Self.keys,
      hasPrompt: false, gloss: .none, &reader)
    source = reader.translated(
      "source", in: node, required: isIntoPersian ? [.english] : LessonReader.both,
      lengthMax: Self.sourceLengthMax)
    answers = reader.texts(
      "answers", in: node, count: Self.answerCount, lengthMax: Self.answerLengthMax)
    accepted = AcceptedAnswers(answers)
    persianKeys = isIntoPersian ? answers.map(PersianText.key) : []
    if isIntoPersian, node["instead"] == nil { reader.fault(node, "needs `instead`") }
    instead = isIntoPersian ? InsteadQuestion(node["instead"] ?? [:], &reader) : nil
    if answers.contains(where: { PersianText.isPersian($0) != isIntoPersian }) {
      reader.fault(node, "an answer is not in the language of `to`")
    }
    if isIntoPersian, source.exactly(.persian) != nil {
      reader.fault(node, "`source` gives the answer away")
    }
  }

  func solution(in turn: Turn) -> String {
    Markup.escape(question(turn)?.right ?? accepted.first)
  }

  /// The question in place of a translation, for those who need it.
  private func question(_ turn: Turn) -> ChoiceQuestion? {
    turn.person.language == .persian ? nil : instead?.question
  }

  func marks(in language: LanguageCode) -> [String] {
    guard let instead, language != .persian else {
      return [source[isIntoPersian ? .english : language]]
    }
    return [source[.english], Markup.plain(instead.prompt)]
  }

  func answer(in language: LanguageCode) -> Exercise.Answer {
    .whole(language == .persian ? accepted.first : typedSolution)
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    if let question = question(turn) {
      let text =
        head.text(
          turn.phrase(LessonPhrase.askMultipleChoice), shown: Markup.escape(source[.english]),
          turn) + "\n" + (instead?.prompt ?? "")
      return Reply(text, choices: question.choices(attempt.order))
    }
    let instruction: LessonPhrase =
      isIntoPersian
      ? .askTranslationPersian
      : turn.person.language == .persian ? .askTranslation : .askTranslationTask
    let shown = source[isIntoPersian ? .english : turn.person.language]
    return Reply(
      head.text(turn.phrase(instruction), shown: Markup.escape(shown), turn), acceptsText: true)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    if let question = question(turn) {
      return question.read(input, attempt.order, otherwise: .unclearChoice)
    }
    guard case .text(let text) = input,
      text.split(separator: " ").count <= Self.answerWordsMax,
      isIntoPersian ? PersianText.isPersian(text) : AnswerText.isEnglish(text)
    else { return .unclear(isIntoPersian ? .unclearPersian : .unclearEnglish) }
    return .scored(isIntoPersian ? persianScore(text) : englishScore(text))
  }

  private func englishScore(_ text: String) -> Score {
    let near = accepted.nearest(to: text)
    let difference = near.map { Difference($0.alignment) } ?? Difference()
    switch accepted.match(text) {
    case .exact: return .right
    case .slip: return Score.almost.with(difference)
    case nil:
      return Self.score(AnswerText.key(text), answers.map(AnswerText.key)).with(difference)
    }
  }

  private func persianScore(_ text: String) -> Score {
    let key = PersianText.key(text)
    if persianKeys.contains(key) { return .right }
    let letters = Array(key)
    let isSlip = persianKeys.contains {
      $0.count >= AnswerText.slipLengthMin && EditDistance.isOne(letters, Array($0))
    }
    return isSlip ? .almost : Self.score(key, persianKeys)
  }

  private static func score(_ said: String, _ answers: [String]) -> Score {
    let likeness = TextLikeness.chrF(said, answers)
    let share = (likeness - likenessMin) / (likenessMax - likenessMin)
    return .part(percent: Int(max(0, share) * percentMax))
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    if let question = question(turn) { return question.whisper(attempt.order, turn) }
    let words = accepted.first.split(separator: " ")
    let shown = words.prefix(max(1, words.count / 3)).joined(separator: " ")
    return turn.phrase(LessonPhrase.hintBegins, ["text": .text(shown)])
  }
}
