import Conversation
import Language
import Storage

/// Asks for one word of a lesson in one of three ways, and understands the answer.
struct WordQuestion: Sendable {
  static let optionsCount = 4
  static let hintID = "hint"
  private static let articles: Set<Substring> = ["a", "an", "the", "to"]

  let shelf: LessonShelf
  let speech: LessonSpeech

  /// The way that fits the memory: a meaning to choose only in a language that we have it in,
  /// listening only where the sound is there and can be sent.
  func face(_ card: ReviewCard, _ word: Lesson.Word, _ turn: Turn) throws -> ReviewState.Face {
    let stability = card.memory.stability ?? 0
    if stability < ReviewCard.recallStability {
      return word.meaning.exactly(turn.person.language) == nil ? .recall : .recognition
    }
    guard stability >= ReviewCard.listeningStability, card.reviews.isMultiple(of: 2),
      turn.carriesFiles, try sound(of: word, turn) != nil
    else { return .recall }
    return .listening
  }

  func open(
    _ card: ReviewCard, _ word: Lesson.Word, in lesson: Lesson, _ turn: Turn
  ) throws -> ReviewState.Open {
    let face = try face(card, word, turn)
    var open = ReviewState.Open(card: card.id, face: face, askedAt: turn.now)
    guard face == .recognition else { return open }
    let meaning = Self.meaning(word, turn)
    let others = distractors(for: word, meaning, in: lesson, turn)
    open.options = ([meaning] + others).shuffled(using: &turn.random)
    open.right = open.options.firstIndex(of: meaning) ?? 0
    return open
  }

  func ask(_ open: ReviewState.Open, _ word: Lesson.Word, _ turn: Turn) throws -> Reply {
    let hint = Choice(Self.hintID, turn.phrase(ReviewPhrase.hint))
    let unknown = Choice("unknown", turn.phrase(ReviewPhrase.unknown))
    switch open.face {
    case .recognition:
      let text = turn.phrase(
        ReviewPhrase.askMeaning, ["word": .text(word.word), "example": .text(word.example)])
      let choices = open.options.enumerated().map { Choice("o\($0.offset)", $0.element) }
      return Reply(text, choices: choices + [unknown])
    case .recall, .activity:
      let values: [String: PhraseValue] = [
        "meaning": .text(Self.meaning(word, turn)),
        "letters": .text(Self.pattern(word.word, isHinted: open.isHinted)),
      ]
      return Reply(
        turn.phrase(ReviewPhrase.askWord, values),
        choices: open.isHinted ? [unknown] : [hint, unknown], acceptsText: true)
    case .listening:
      return Reply(
        turn.phrase(ReviewPhrase.askHeard), choices: [unknown], acceptsText: true,
        media: try sound(of: word, turn))
    }
  }

  /// nil when it cannot be told what is meant.
  func read(
    _ input: Input, _ open: ReviewState.Open, _ word: Lesson.Word, _ turn: Turn
  ) -> Score? {
    if isUnknown(input, turn) { return .wrong }
    switch open.face {
    case .recognition:
      let ids = Array(open.options.indices)
      guard let place = OptionAnswer.place(input, among: open.options, ids: ids) else {
        return nil
      }
      return place == open.right ? .right : .wrong
    case .recall, .listening, .activity:
      guard case .text(let text) = input else { return nil }
      let said = Self.plain(text)
      guard !said.isEmpty else { return nil }
      let right = Self.plain(word.word)
      if said == right { return .right }
      return AnswerText.isSlip(said, of: right) ? .almost : .wrong
    }
  }

  /// The word with its meaning and an example, as markup.
  static func solution(_ word: Lesson.Word, _ turn: Turn) -> String {
    let own = word.meaning.exactly(turn.person.language).map { " – " + Markup.escape($0) } ?? ""
    return "**\(Markup.escape(word.word))**\(own)\n_\(Markup.escape(word.example))_"
  }

  private func isUnknown(_ input: Input, _ turn: Turn) -> Bool {
    switch input {
    case .choice(let id): return id == "unknown"
    case .text(let text):
      let said = TypedAnswer.normalise(text)
      return turn.phrasebook.matches(said, word: "dont_know")
        || turn.phrasebook.matches(said, word: "skip")
    case .attachment, .location, .contact, .unsupported, .finished, .failed, .timer: return false
    }
  }

  private func sound(of word: Lesson.Word, _ turn: Turn) throws -> OutgoingMedia? {
    try speech(SpokenText(word.word), turn)
  }

  /// The meaning in the person's language, or the example with a gap where there is none.
  static func meaning(_ word: Lesson.Word, _ turn: Turn) -> String {
    if let own = word.meaning.exactly(turn.person.language) { return own }
    let gap = word.example.replacing(word.word, with: "___")
    return gap == word.example ? word.meaning[.persian] : gap
  }

  /// `l__e` after a hint, the number of letters before.
  static func pattern(_ word: String, isHinted: Bool) -> String {
    word.split(separator: " ").map { part in
      let last = part.count - 1
      return part.enumerated().map { index, letter in
        isHinted && (index == 0 || (index == last && last > 2)) ? String(letter) : "·"
      }.joined()
    }.joined(separator: "  ")
  }

  /// Meanings of other words: of the same lesson first, then of its level.
  private func distractors(
    for word: Lesson.Word, _ meaning: String, in lesson: Lesson, _ turn: Turn
  ) -> [String] {
    let level = shelf.curriculum.lessons.filter { $0.level == lesson.level && $0.id != lesson.id }
    let pool =
      lesson.words.shuffled(using: &turn.random)
      + (level.randomElement(using: &turn.random)?.words.shuffled(using: &turn.random) ?? [])
    var taken: Set<String> = [meaning]
    var found: [String] = []
    for other in pool where other.word != word.word && found.count < Self.optionsCount - 1 {
      let candidate = Self.meaning(other, turn)
      if !candidate.isEmpty, taken.insert(candidate).inserted { found.append(candidate) }
    }
    return found
  }

  private static func plain(_ text: String) -> String {
    let words = AnswerText.form(text).split(separator: " ")
    let rest = words.drop { articles.contains($0) }
    return (rest.isEmpty ? words[...] : rest).joined(separator: " ")
  }
}
