import Conversation
import Language
import Yams

/// Four words and their meanings: answered word by word, or all at once as `1b 2a 3d 4c`.
///
/// Points: words with their meaning, of all words.
struct VocabularyMatching: Activity {
  private static let pairCount = 4...4
  private static let meaningLengthMax = 60
  private static let persianMeaningLengthMax = 40

  let head: ActivityHead
  let words: [String]
  let meanings: [LocalisedText]

  var kind: ActivityKind { .vocabularyMatching }
  var partCount: Int { words.count }

  func solution(in turn: Turn) -> String {
    zip(words, meanings).map { Markup.escape("\($0) = \($1[turn.person.language])") }
      .joined(separator: "; ")
  }

  /// With the meanings in the order of the words; the shown order is for the reader to undo.
  var typedSolution: String { "" }

  init(_ node: Node, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["pairs"], hasPrompt: false, gloss: .none, &reader)
    let pairs = reader.list("pairs", in: node, count: Self.pairCount)
    words = pairs.map { reader.text("word", in: $0, lengthMax: 40) }
    meanings = pairs.map { pair in
      reader.allow(["word", "meaning"], in: pair)
      let meaning = reader.translated(
        "meaning", in: pair, required: LessonReader.both, lengthMax: Self.meaningLengthMax)
      if (meaning.exactly(.persian) ?? "").count > Self.persianMeaningLengthMax {
        reader.fault(pair, "`meaning.fa` has more than \(Self.persianMeaningLengthMax) characters")
      }
      return meaning
    }
    for language in LessonReader.both
    where Set(meanings.map { $0[language] }).count != meanings.count {
      reader.fault(node, "two meanings are the same")
    }
  }

  func isGivenAway(by order: [Int]) -> Bool { order == Array(words.indices) }

  func marks(in language: LanguageCode) -> [String] { words }

  func answer(in language: LanguageCode) -> Exercise.Answer {
    .pairs(Dictionary(zip(words, meanings.map { $0[language] })) { first, _ in first })
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let language = turn.person.language
    let word = words[min(attempt.picked.count, words.count - 1)]
    let question = turn.phrase(LessonPhrase.matchingNext, ["word": .text(word)])
    let left = attempt.order.filter { !attempt.picked.contains($0) }
    let text: String
    if attempt.picked.isEmpty {
      let numbered = words.enumerated().map { "\($0.offset + 1). \(Markup.escape($0.element))" }
      let lettered = zip("abcd", attempt.order).map {
        "\($0)) \(Markup.escape(meanings[$1][language]))"
      }
      text =
        turn.phrase(LessonPhrase.askMatching) + "\n" + numbered.joined(separator: "\n") + "\n\n"
        + lettered.joined(separator: "\n") + "\n\n" + question
    } else {
      let matched = zip(words, attempt.picked).map {
        Markup.escape("\($0) = \(meanings[$1][language])")
      }
      text = matched.joined(separator: "\n") + "\n\n" + question
    }
    return Reply(text, choices: left.map { Choice("m\($0)", meanings[$0][language]) })
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    let left = attempt.order.filter { !attempt.picked.contains($0) }
    if case .text(let text) = input, let whole = Self.pairs(text, count: words.count) {
      return score(whole.map { attempt.order[$0] })
    }
    let shown = left.map { meanings[$0][turn.person.language] }
    guard let place = OptionAnswer.place(input, among: shown, ids: left, prefix: "m") else {
      return .unclear(.unclearMatching)
    }
    let picked = attempt.picked + [left[place]]
    guard picked.count >= words.count - 1 else { return .more(picked) }
    return score(picked + words.indices.filter { !picked.contains($0) })
  }

  private func score(_ picked: [Int]) -> Reading {
    .scored(.part(picked.enumerated().count { $0.offset == $0.element }, of: words.count))
  }

  /// Reads `1b 2a 3d 4c`, in either order and with any signs between; nil unless every word has a
  /// meaning of its own.
  private static func pairs(_ text: String, count: Int) -> [Int]? {
    guard let places = LetteredAnswer.places(text, count: count, below: count),
      Set(places).count == count
    else { return nil }
    return places
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    guard attempt.picked.count < words.count else { return nil }
    let open = attempt.picked.count
    return turn.phrase(
      LessonPhrase.hintPair,
      ["word": .text(words[open]), "meaning": .text(meanings[open][turn.person.language])])
  }
}
