import Conversation
import Language
import Yams

/// Chunks of a sentence to be put in order: pressed one after another, or typed as a whole.
///
/// Points: neighbours that stand side by side as they should, of all but one; half for the typed
/// sentence with one slip of spelling.
struct SentenceReordering: Activity {
  private static let chunkCount = 4...7
  private static let chunkLengthMax = 30
  private static let answerLengthMax = 200
  private static let undo = "undo"

  let head: ActivityHead
  /// What to say, as markup; empty when the author gave nothing.
  let prompt: LocalisedText
  let words: [String]
  let typedSolution: String
  private let answerForms: [String]
  private let wordForms: [String]
  /// Each answer as places in `words`.
  private let sequences: [[Int]]

  var kind: ActivityKind { .sentenceReordering }
  var partCount: Int { words.count }

  init(_ node: Node, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["prompt", "words", "answers"], hasPrompt: false, gloss: .none, &reader)
    prompt =
      node["prompt"] == nil
      ? LocalisedText([:])
      : reader.translated(
        "prompt", in: node, required: LessonReader.both, lengthMax: LessonReader.promptLengthMax
      ).map(Markup.escape)
    let words = reader.texts(
      "words", in: node, count: Self.chunkCount, lengthMax: Self.chunkLengthMax)
    let answers = reader.texts(
      "answers", in: node, count: 1...12, lengthMax: Self.answerLengthMax)
    if Set(words).count != words.count { reader.fault(node, "two chunks are the same") }
    let sequences = answers.compactMap { Self.sequence(of: $0, words) }
    if sequences.count != answers.count {
      reader.fault(node, "an answer is not made of exactly these chunks")
    }
    if sequences.contains(Array(words.indices)) { reader.fault(node, "`words` are in order") }
    self.words = words
    self.sequences = sequences
    typedSolution = answers.first ?? ""
    answerForms = answers.map(AnswerText.form)
    wordForms = words.map(AnswerText.form)
  }

  func solution(in turn: Turn) -> String { Markup.escape(typedSolution) }

  func isGivenAway(by order: [Int]) -> Bool { sequences.contains(order) }

  func marks(in language: LanguageCode) -> [String] { words }

  func answer(in language: LanguageCode) -> Exercise.Answer {
    .parts((sequences.first ?? []).map { words[$0] }, separator: " ")
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    var text = ""
    let task = prompt[turn.person.language]
    if attempt.picked.isEmpty {
      text = turn.phrase(LessonPhrase.askReordering)
      if !task.isEmpty { text += "\n" + task }
      let shown = attempt.order.map { words[$0] }.joined(separator: " / ")
      text += "\n**" + Markup.escape(shown) + "**"
    } else {
      let chosen = Markup.escape(sentence(attempt.picked))
      text = task.isEmpty ? "" : task + "\n"
      text += turn.phrase(LessonPhrase.reorderingMore) + " **" + chosen + " …**"
    }
    let left = attempt.order.filter { !attempt.picked.contains($0) }
    var choices = left.map { Choice("w\($0)", words[$0]) }
    if !attempt.picked.isEmpty {
      choices.append(Choice(Self.undo, turn.phrase(LessonPhrase.undo)))
    }
    return Reply(text, choices: choices)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    switch input {
    case .choice(Self.undo): return .more(Array(attempt.picked.dropLast()))
    case .choice(let id):
      guard let word = words.indices.first(where: { "w\($0)" == id }),
        !attempt.picked.contains(word)
      else { return .unclear(.unclearReordering) }
      return read(attempt.picked + [word])
    case .text(let text):
      if turn.phrasebook.matches(TypedAnswer.normalise(text), word: Self.undo) {
        return .more(Array(attempt.picked.dropLast()))
      }
      return read(text, attempt)
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer:
      return .unclear(.unclearReordering)
    }
  }

  /// The last chunk follows by itself.
  private func read(_ picked: [Int]) -> Reading {
    guard picked.count >= words.count - 1 else { return .more(picked) }
    let whole = picked + words.indices.filter { !picked.contains($0) }
    if answerForms.contains(AnswerText.form(sentence(whole))) { return .scored(.right) }
    let best = sequences.map { Self.pairs(whole, $0) }.max() ?? 0
    return .scored(.part(best, of: words.count - 1))
  }

  private func read(_ text: String, _ attempt: Attempt) -> Reading {
    if let places = numbers(text), attempt.picked.isEmpty {
      return read(places.map { attempt.order[$0] })
    }
    let form = AnswerText.form(text)
    if answerForms.contains(form) { return .scored(.right) }
    if let picked = Self.sequence(of: form, wordForms) { return read(picked) }
    let said = form.split(separator: " ").map(String.init)
    guard said.count <= Self.answerLengthMax else { return .unclear(.unclearReordering) }
    let scores = answerForms.map { Self.score(said, $0.split(separator: " ").map(String.init)) }
    let best = scores.compactMap(\.self).max { $0.percent < $1.percent }
    return best.map(Reading.scored) ?? .unclear(.unclearReordering)
  }

  /// `3 1 2 4`: the places of all chunks as they are shown.
  private func numbers(_ text: String) -> [Int]? {
    let parts = TypedAnswer.normalise(text).split { " ,-،".contains($0) }.map { Int($0) }
    let places = parts.compactMap { $0.map { $0 - 1 } }
    guard places.count == parts.count, places.sorted() == Array(words.indices) else { return nil }
    return places
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    let answer = sequences.first { $0.starts(with: attempt.picked) } ?? sequences.first ?? []
    let shown = answer.prefix(attempt.picked.count + 2)
    return turn.phrase(LessonPhrase.hintBegins, ["text": .text(sentence(Array(shown)))])
  }

  private func sentence(_ picked: [Int]) -> String {
    picked.map { words[$0] }.joined(separator: " ")
  }

  /// How many neighbours of the answer stand side by side.
  static func pairs<Part: Equatable>(_ said: [Part], _ answer: [Part]) -> Int {
    let neighbours = Array(zip(answer, answer.dropFirst()))
    return zip(said, said.dropFirst()).count { pair in neighbours.contains { $0 == pair } }
  }

  /// Nil when the words are not those of the answer.
  private static func score(_ said: [String], _ answer: [String]) -> Score? {
    if said.count == answer.count {
      let different = zip(said, answer).filter { $0 != $1 }
      if different.count == 1, AnswerText.isSlip(different[0].0, of: different[0].1) {
        return .almost
      }
    }
    let known = said.count { answer.contains($0) }
    guard said.count > 1, known * 2 > answer.count, said.count <= answer.count * 2 else {
      return nil
    }
    let right = min(pairs(said, answer), answer.count - 1)
    // All pairs and something more, or too little, is not the sentence.
    return right == answer.count - 1
      ? .part(right - 1, of: answer.count - 1) : .part(right, of: answer.count - 1)
  }

  /// The places of the chunks that make up `answer`, found by trying.
  private static func sequence(of answer: String, _ words: [String]) -> [Int]? {
    func search(_ rest: Substring, _ used: [Int]) -> [Int]? {
      if used.count == words.count { return rest.isEmpty ? used : nil }
      for index in words.indices where !used.contains(index) && rest.hasPrefix(words[index]) {
        let tail = rest.dropFirst(words[index].count)
        guard tail.isEmpty || tail.hasPrefix(" ") else { continue }
        if let found = search(tail.dropFirst(), used + [index]) { return found }
      }
      return nil
    }
    guard words.count <= chunkCount.upperBound, !words.contains("") else { return nil }
    return search(answer[...], [])
  }
}
