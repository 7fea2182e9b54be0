import Conversation
import Language

/// Which lesson somebody gets.
struct LessonChoice: Sendable {
  /// Where somebody begins of whom nothing is known yet.
  static let guestLevel = CEFRLevel.a1
  /// The argument that asks for another lesson than the one last begun.
  static let another = "another"

  let shelf: LessonShelf
  let levelOf: Learning.LevelOf

  /// As it is now.
  var curriculum: Curriculum { shelf.curriculum }

  enum Found {
    case lesson(Lesson)
    case noneLeft
    case unknown
  }

  /// `argument` is a lesson's id, `another`, or nil for what comes next.
  func find(_ argument: String?, _ turn: Turn) throws -> Found {
    if let argument, argument != Self.another {
      return curriculum[argument].map(Found.lesson) ?? .unknown
    }
    let history = try LessonStore.history(of: turn.person.id, in: turn.database)
    let level = try level(turn)
    if argument == Self.another {
      // A fresh one before those that were left in the middle.
      let known = history.finished.union(history.begun)
      if let lesson = curriculum.next(level: level, finished: known, begun: []) {
        return .lesson(lesson)
      }
    }
    let lesson = curriculum.next(
      level: level, finished: history.finished, begun: history.begun)
    return lesson.map(Found.lesson) ?? .noneLeft
  }

  func level(_ turn: Turn) throws -> CEFRLevel {
    try levelOf(turn.person.id, turn.database).flatMap(CEFRLevel.init) ?? Self.guestLevel
  }
}
