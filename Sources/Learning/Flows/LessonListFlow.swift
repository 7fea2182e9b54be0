import Conversation
import Foundation
import Language

/// What there is to learn: first the ways to look, then lessons by category, by level or all of
/// them, a page at a time.
struct LessonListFlow: Flow {
  static let name: FlowName = "lessons"
  private static let pageSize = 6
  private static let earlierID = "earlier"
  private static let laterID = "later"
  private static let waysID = "ways"
  private static let levelsID = "levels"
  private static let mark = "✅ "

  struct State: Codable, Sendable, Equatable {
    enum Shelf: Codable, Sendable, Equatable {
      /// The ways to look.
      case ways
      case levels
      case all
      case featured
      case level(CEFRLevel)
      case category(String)
    }

    var shelf: Shelf
    var page: Int
  }

  let choice: LessonChoice

  var name: FlowName { Self.name }
  var version: Int { 2 }
  var beginsAnew: Bool { true }

  /// - Parameter argument: a level or a category; nil for the ways to look.
  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    let named = argument.flatMap { self.shelf(named: TypedAnswer.normalise($0), turn) }
    return try open(named ?? .ways, turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .choice(Self.earlierID): return try show(state.shelf, page: state.page - 1, turn)
    case .choice(Self.laterID): return try show(state.shelf, page: state.page + 1, turn)
    case .choice(Self.waysID): return try open(.ways, turn)
    case .choice(Self.levelsID): return try open(.levels, turn)
    case .choice(let id):
      if let shelf = shelf(named: id, turn) { return try open(shelf, turn) }
      return .replace(LessonFlow.name, argument: id)
    case .text(let text):
      if let lesson = lesson(named: text) {
        return .replace(LessonFlow.name, argument: lesson.id)
      }
      let word = TypedAnswer.normalise(text)
      if let shelf = shelf(named: word, turn) { return try open(shelf, turn) }
      if turn.phrasebook.matches(word, word: "back") {
        return try state.shelf == .ways ? .finish : open(.ways, turn)
      }
      return try explain(state, turn)
    case .attachment, .location, .contact, .unsupported: return try explain(state, turn)
    case .finished, .failed, .timer: return .wait(state)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try show(state.shelf, page: state.page, turn)
  }

  /// Version 1 knew all lessons only.
  func migrate(_ json: String, from version: Int) throws -> State {
    struct First: Codable { let page: Int }
    guard version == 1 else { throw FlowError.unreadableState }
    let old = try JSONDecoder().decode(First.self, from: Data(json.utf8))
    return State(shelf: .all, page: old.page)
  }

  private func explain(_ state: State, _ turn: Turn) throws -> Next<State> {
    try show(
      state.shelf, page: state.page, lead: turn.phrase(LessonListPhrase.unclear), turn)
  }

  // MARK: Shelves

  /// A level, a category, or another way to look, by its id or what it is called.
  private func shelf(named name: String, _ turn: Turn) -> State.Shelf? {
    if name == "all" { return .all }
    if name == "featured" { return .featured }
    if let level = CEFRLevel(rawValue: name.uppercased()), levels.contains(level) {
      return .level(level)
    }
    let category = categories.first { category in
      category == name
        || TypedAnswer.normalise(turn.phrase(LessonListPhrase.category(category))) == name
    }
    return category.map(State.Shelf.category)
  }

  private var levels: [CEFRLevel] {
    CEFRLevel.allCases.filter { level in choice.curriculum.lessons.contains { $0.level == level } }
  }

  private var categories: [String] {
    LessonReader.categories.filter { category in
      choice.curriculum.lessons.contains { $0.category == category }
    }
  }

  private func lessons(_ shelf: State.Shelf) -> [Lesson] {
    let all = choice.curriculum.lessons
    switch shelf {
    case .ways, .levels, .all: return all
    case .featured: return all.filter(\.isFeatured)
    case .level(let level): return all.filter { $0.level == level }
    case .category(let category): return all.filter { $0.category == category }
    }
  }

  private func lesson(named text: String) -> Lesson? {
    let form = AnswerText.form(text)
    guard !form.isEmpty else { return nil }
    return choice.curriculum.lessons.first { lesson in
      lesson.id == TypedAnswer.normalise(text)
        || lesson.title.languages.contains { AnswerText.form(lesson.title[$0]) == form }
    }
  }

  // MARK: Showing

  /// Opens a shelf at the page where the person stands.
  private func open(_ shelf: State.Shelf, _ turn: Turn) throws -> Next<State> {
    let level = try choice.level(turn)
    let first = lessons(shelf).firstIndex { $0.level >= level } ?? 0
    return try show(shelf, page: first / Self.pageSize, turn)
  }

  private func show(
    _ shelf: State.Shelf, page: Int, lead: String? = nil, _ turn: Turn
  ) throws -> Next<State> {
    let lead = lead.map { $0 + "\n\n" } ?? ""
    switch shelf {
    case .ways:
      return try turn.ask(
        Reply(lead + turn.phrase(LessonListPhrase.ways), choices: try ways(turn)),
        then: State(shelf: .ways, page: 0))
    case .levels:
      let choices = levels.map { Choice($0.rawValue, $0.rawValue) } + [back(turn)]
      return try turn.ask(
        Reply(lead + turn.phrase(LessonListPhrase.chooseLevel), choices: choices),
        then: State(shelf: .levels, page: 0))
    case .all, .featured, .level, .category:
      return try show(lessons: shelf, page, lead, turn)
    }
  }

  /// At most ten, so that they fit a list on every channel.
  private func ways(_ turn: Turn) throws -> [Choice] {
    let history = try LessonStore.history(of: turn.person.id, in: turn.database)
    var choices: [Choice] = []
    if history.begun.contains(where: { choice.curriculum[$0] != nil }) {
      choices.append(.command("learn", turn.phrase(LessonListPhrase.goOn)))
    }
    if !lessons(.featured).isEmpty {
      choices.append(Choice("featured", turn.phrase(LessonListPhrase.featured)))
    }
    choices += categories.map { Choice($0, turn.phrase(LessonListPhrase.category($0))) }
    choices.append(Choice(Self.levelsID, turn.phrase(LessonListPhrase.levels)))
    choices.append(Choice("all", turn.phrase(LessonListPhrase.all)))
    choices.append(.command("menu", turn.phrase(LessonPhrase.menu)))
    return choices
  }

  private func back(_ turn: Turn) -> Choice {
    Choice(Self.waysID, turn.phrase(LessonListPhrase.back))
  }

  private func show(
    lessons shelf: State.Shelf, _ wanted: Int, _ lead: String, _ turn: Turn
  ) throws -> Next<State> {
    let lessons = lessons(shelf)
    let pageCount = max(1, (lessons.count + Self.pageSize - 1) / Self.pageSize)
    let page = min(max(wanted, 0), pageCount - 1)
    let history = try LessonStore.history(of: turn.person.id, in: turn.database)
    var choices = lessons.dropFirst(page * Self.pageSize).prefix(Self.pageSize).map { lesson in
      let title = "\(lesson.level.rawValue) · \(lesson.title[turn.person.language])"
      return Choice(lesson.id, history.finished.contains(lesson.id) ? Self.mark + title : title)
    }
    if page > 0 { choices.append(Choice(Self.earlierID, turn.phrase(LessonListPhrase.earlier))) }
    if page < pageCount - 1 {
      choices.append(Choice(Self.laterID, turn.phrase(LessonListPhrase.later)))
    }
    choices.append(back(turn))
    choices.append(.command("menu", turn.phrase(LessonPhrase.menu)))
    let text = turn.phrase(
      LessonListPhrase.list,
      [
        "shelf": .text(name(shelf, turn)), "page": .number(page + 1),
        "pages": .number(pageCount),
      ])
    return try turn.ask(
      Reply(lead + text, choices: choices), then: State(shelf: shelf, page: page))
  }

  private func name(_ shelf: State.Shelf, _ turn: Turn) -> String {
    switch shelf {
    case .ways, .levels, .all: turn.phrase(LessonListPhrase.all)
    case .featured: turn.phrase(LessonListPhrase.featured)
    case .level(let level): level.rawValue
    case .category(let category): turn.phrase(LessonListPhrase.category(category))
    }
  }
}
