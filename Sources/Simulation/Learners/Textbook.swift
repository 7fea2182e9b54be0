import Conversation
import Language
import Learning

/// Everything somebody of one language can know of the lessons, found by what a screen shows.
struct Textbook: Sendable {
  /// Something that is asked, and what is known of it.
  struct Question: Sendable {
    enum Kind: Sendable, Equatable {
      case exercise(Exercise.Answer)
      /// A word whose meaning is to be chosen.
      case meaning(String)
      /// A word to be written.
      case word(String)
    }

    let id: String
    let rank: Int
    let kind: Kind
    fileprivate let marks: [Form]

    fileprivate init(_ id: String, rank: Int, _ kind: Kind, marks: [String]) {
      self.id = id
      self.rank = rank
      self.kind = kind
      self.marks = marks.map { Form($0) }.filter { !$0.isEmpty }
    }

    fileprivate var weight: Int { marks.reduce(0) { $0 + $1.bytes.count } }

    /// Whether it can still be what is asked once a part has been answered: another lesson may ask
    /// something of the same kind in the same place.
    func canRemain(on screen: Screen) -> Bool {
      guard case .exercise(.pairs(let pairs)) = kind else { return true }
      let form = Form(screen.question)
      return pairs.keys.contains { form.contains(Form($0)) }
    }

    fileprivate func isOn(_ screen: Form) -> Bool {
      !marks.isEmpty && marks.allSatisfy(screen.contains)
    }
  }

  private static let gap = "___"

  private let exercises: [Question]
  private let words: [Question]

  init(_ curriculum: Curriculum, in language: LanguageCode) {
    var exercises: [Question] = []
    var words: [Question] = []
    for lesson in curriculum.lessons {
      let rank = lesson.level.rank
      for (index, exercise) in lesson.exercises(in: language).enumerated() {
        exercises.append(
          Question(
            "\(lesson.id)/\(index)", rank: rank, .exercise(exercise.answer),
            marks: exercise.marks))
      }
      for word in lesson.words {
        let id = "\(lesson.id)/\(word.word)"
        let own = word.meaning.exactly(language)
        if let own {
          words.append(
            Question(id, rank: rank, .meaning(own), marks: [word.word, word.example]))
        }
        let asked = own ?? word.example.replacing(word.word, with: Self.gap)
        words.append(Question(id, rank: rank, .word(word.word), marks: [asked]))
      }
    }
    self.exercises = exercises.sorted { $0.weight > $1.weight }
    self.words = words.sorted { $0.weight > $1.weight }
  }

  /// What is asked: the one of which most stands on the screen. Nil when nothing is known.
  ///
  /// - Parameter isReview: whether words are asked as well.
  func question(on screen: Screen, isReview: Bool) -> Question? {
    let form = Form(screen.question)
    let whole = Form(screen.question + screen.options.map(\.title).joined())
    let exercise = exercises.first { $0.isOn(whole) }
    guard isReview, let word = words.first(where: { $0.isOn(form) }) else { return exercise }
    guard let exercise, exercise.weight > word.weight else { return word }
    return exercise
  }

  /// Words and what belongs to each, of which some are given and one is asked for.
  func pairs(on screen: Screen) -> Question? {
    let form = Form(screen.question)
    let titles = Set(screen.options.map { Form($0.title) })
    return exercises.first { question in
      guard case .exercise(.pairs(let pairs)) = question.kind else { return false }
      return pairs.contains { form.contains(Form($0)) && titles.contains(Form($1)) }
    }
  }
}
