import Conversation
import Language
import Yams

/// Some words to be put into two or three groups: answered word by word, or all at once as
/// `1a 2b 3a`.
///
/// Points: words in their group, of all words.
struct Categorisation: Activity {
  private static let groupCount = 2...3
  private static let wordsPerGroup = 1...4
  private static let wordCount = 4...8
  private static let lengthMax = 24

  let head: ActivityHead
  private let groups: [LocalisedText]
  private let words: [String]
  /// The group of each word.
  private let homes: [Int]

  var kind: ActivityKind { .categorisation }
  var partCount: Int { words.count }
  var pickCount: Int { groups.count }
  /// Depends on the order that is shown, which is for the reader to undo.
  var typedSolution: String { "" }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["groups"], hasPrompt: false, gloss: .optional, &reader)
    let nodes = reader.list("groups", in: node, count: Self.groupCount)
    let names: [LanguageCode] = level < .b1 ? LessonReader.both : [.english]
    groups = nodes.map { group in
      reader.allow(["name", "words"], in: group)
      return reader.translated("name", in: group, required: names, lengthMax: Self.lengthMax)
    }
    let members = nodes.map {
      reader.texts("words", in: $0, count: Self.wordsPerGroup, lengthMax: Self.lengthMax)
    }
    words = members.flatMap(\.self)
    homes = members.enumerated().flatMap { index, words in words.map { _ in index } }
    if !Self.wordCount.contains(words.count) {
      reader.fault(node, "has \(words.count) words, 4–8 are allowed")
    }
    if Set(words.map(AnswerText.key)).count != words.count {
      reader.fault(node, "two words are the same")
    }
    for language in LessonReader.both
    where Set(groups.map { AnswerText.form($0[language]) }).count != groups.count {
      reader.fault(node, "two groups have the same name")
    }
  }

  /// The English name of each word's group.
  var groupNames: [String: String] {
    Dictionary(zip(words, homes.map { groups[$0][.english] })) { first, _ in first }
  }

  private static func letter(_ place: Int) -> String { ["a", "b", "c"][min(place, 2)] }

  func solution(in turn: Turn) -> String {
    groups.indices.map { group in
      let members = words.indices.filter { homes[$0] == group }.map { words[$0] }
      return Markup.escape(
        groups[group][turn.person.language] + ": " + members.joined(separator: ", "))
    }.joined(separator: "; ")
  }

  func marks(in language: LanguageCode) -> [String] { words }

  func answer(in language: LanguageCode) -> Exercise.Answer {
    .pairs(Dictionary(zip(words, homes.map { groups[$0][language] })) { first, _ in first })
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let language = turn.person.language
    let open = words[attempt.order[min(attempt.picked.count, words.count - 1)]]
    let question = turn.phrase(LessonPhrase.categorisationNext, ["word": .text(open)])
    var text = question
    if attempt.picked.isEmpty {
      let numbered = attempt.order.enumerated().map {
        "\($0.offset + 1). \(Markup.escape(words[$0.element]))"
      }
      let lettered = groups.enumerated().map {
        "\(Self.letter($0.offset))) \(Markup.escape($0.element[language]))"
      }
      let task = head.text(.askCategorisation, turn)
      text = [
        task + "\n" + numbered.joined(separator: "\n"), lettered.joined(separator: "\n"), question,
      ].joined(separator: "\n\n")
    } else {
      let done = zip(attempt.order, attempt.picked).map {
        Markup.escape("\(words[$0]) → \(groups[$1][language])")
      }
      text = done.joined(separator: "\n") + "\n\n" + question
    }
    let choices = groups.enumerated().map { Choice("g\($0.offset)", $0.element[language]) }
    return Reply(text, choices: choices)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    if attempt.picked.isEmpty, case .text(let text) = input,
      let all = LetteredAnswer.places(text, count: words.count, below: groups.count)
    {
      return score(all, attempt)
    }
    for language in [turn.person.language] + LessonReader.both {
      let shown = groups.map { $0[language] }
      guard
        let place = OptionAnswer.place(
          input, among: shown, ids: Array(groups.indices), prefix: "g")
      else { continue }
      let picked = attempt.picked + [place]
      return picked.count < words.count ? .more(picked) : score(picked, attempt)
    }
    return .unclear(.unclearCategorisation)
  }

  private func score(_ picked: [Int], _ attempt: Attempt) -> Reading {
    let right = zip(attempt.order, picked).count { homes[$0] == $1 }
    return .scored(.part(right, of: words.count))
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    guard attempt.picked.count < attempt.order.count else { return nil }
    let word = attempt.order[attempt.picked.count]
    let group = groups[homes[word]][turn.person.language]
    return turn.phrase(
      LessonPhrase.hintPair, ["word": .text(words[word]), "meaning": .text(group)])
  }
}
