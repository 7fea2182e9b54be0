import Conversation
import Language

/// All lessons, a page at a time, beginning where the person stands.
struct LessonListFlow: Flow {
  static let name: FlowName = "lessons"
  private static let pageSize = 6
  private static let earlierID = "earlier"
  private static let laterID = "later"
  private static let mark = "✅ "

  struct State: Codable, Sendable, Equatable {
    var page: Int
  }

  let choice: LessonChoice

  var name: FlowName { Self.name }
  var version: Int { 1 }

  private var lessons: [Lesson] { choice.curriculum.lessons }
  private var pageCount: Int { (lessons.count + Self.pageSize - 1) / Self.pageSize }

  func begin(_ argument: String?, _ turn: Turn) throws -> Next<State> {
    let level = try choice.level(turn)
    let first = lessons.firstIndex { $0.level >= level } ?? lessons.count - 1
    return try show(page: first / Self.pageSize, lead: nil, turn)
  }

  func receive(_ input: Input, in state: State, _ turn: Turn) throws -> Next<State> {
    switch input {
    case .choice(Self.earlierID): return try show(page: state.page - 1, lead: nil, turn)
    case .choice(Self.laterID): return try show(page: state.page + 1, lead: nil, turn)
    case .choice(let id): return .replace(LessonFlow.name, argument: id)
    case .text(let text):
      if let lesson = lesson(named: text) {
        return .replace(LessonFlow.name, argument: lesson.id)
      }
      if turn.phrasebook.matches(TypedAnswer.normalise(text), word: "back") { return .finish }
      return try show(page: state.page, lead: turn.phrase(LessonListPhrase.unclear), turn)
    case .attachment, .location, .contact, .unsupported:
      return try show(page: state.page, lead: turn.phrase(LessonListPhrase.unclear), turn)
    case .finished, .failed, .timer: return .wait(state)
    }
  }

  func resume(in state: State, _ turn: Turn) throws -> Next<State> {
    try show(page: state.page, lead: nil, turn)
  }

  private func lesson(named text: String) -> Lesson? {
    let form = AnswerText.form(text)
    guard !form.isEmpty else { return nil }
    return lessons.first { lesson in
      lesson.id == TypedAnswer.normalise(text)
        || lesson.title.languages.contains { AnswerText.form(lesson.title[$0]) == form }
    }
  }

  private func show(page wanted: Int, lead: String?, _ turn: Turn) throws -> Next<State> {
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
    choices.append(.command("menu", turn.phrase(LessonPhrase.menu)))
    let text = turn.phrase(
      LessonListPhrase.list, ["page": .number(page + 1), "pages": .number(pageCount)])
    return try turn.ask(
      Reply((lead.map { $0 + "\n\n" } ?? "") + text, choices: choices), then: State(page: page))
  }
}
