import Conversation
import Language
import Storage

/// A plan for the next seven days, from what somebody has really done: reviews when they come due,
/// lessons for the time that is left, the weakest part in the middle of the week, a test when it
/// is near.
struct WeekPlan: Sendable, Equatable {
  /// About how long a lesson and a card take.
  static let lessonMinutes = 6
  static let cardsPerMinute = ReviewDay.cardsPerMinute

  struct Day: Sendable, Equatable {
    var cards = 0
    var lessons = 0
    var hasPractice = false
    var hasTest = false
  }

  var days: [Day] = []
  /// The type of activity that needs practice most.
  var weakest: String?

  /// - Parameters:
  ///   - cards: how many come due on each of the seven days.
  ///   - lessonsLeft: at the person's level.
  ///   - missing: how many lessons open the level test; 0 when it is open.
  static func make(
    minutes: Int, cards: [Int], lessonsLeft: Int, missing: Int, weakest: String?
  ) -> WeekPlan {
    var plan = WeekPlan(weakest: weakest)
    var left = lessonsLeft
    var toTest = missing
    var waiting = 0
    var hasTest = lessonsLeft == 0 && missing > 0
    for (index, due) in cards.enumerated() {
      waiting += due
      var day = Day()
      day.cards = min(waiting, ReviewDay.budget(minutes: minutes))
      waiting -= day.cards
      let free = minutes - day.cards / cardsPerMinute
      day.hasPractice = weakest != nil && (index == 2 || index == 5)
      if left > 0, free >= lessonMinutes || (day.cards == 0 && index.isMultiple(of: 2)) {
        day.lessons = min(left, max(1, free / lessonMinutes), day.hasPractice ? 1 : 3)
        left -= day.lessons
        toTest -= day.lessons
      }
      if toTest <= 0, !hasTest {
        day.hasTest = true
        hasTest = true
      }
      plan.days.append(day)
    }
    return plan
  }

  static func reply(
    _ choice: LessonChoice, _ ports: LearnerPorts, _ turn: Turn
  ) throws -> Reply {
    let person = turn.person.id
    try ReviewGathering(shelf: choice.shelf).gather(turn)
    let minutes = try ports.minutesOf(person, turn.database) ?? ReviewDay.minutesDefault
    let level = try choice.level(turn)
    let progress = try LevelTestStore.progress(
      of: person, at: level, in: choice.curriculum, turn.database)
    let history = try LessonStore.history(of: person, in: turn.database)
    let left = choice.curriculum.lessons.count {
      $0.level == level && !history.finished.contains($0.id)
    }
    var cards = try ReviewStore.forecast(
      of: person, from: turn.now, days: ProgressReport.weekDays, in: turn.database)
    cards[0] += try ReviewStore.fresh(
      of: person, limit: ReviewDay.budget(minutes: minutes) / ReviewDay.newShare,
      in: turn.database
    ).count
    let kinds = try PracticeLog.kinds(of: person, in: turn.database)
    let plan = make(
      minutes: minutes, cards: cards, lessonsLeft: left, missing: progress.missing,
      weakest: SkillGap(kinds)?.worst.kind)
    return Reply(plan.text(level: level, minutes: minutes, turn))
  }

  private func text(level: CEFRLevel, minutes: Int, _ turn: Turn) -> String {
    let today = LocalTime(turn.now, zone: turn.person.timeZone).day
    let lines = days.enumerated().map { index, day in
      let weekday = ((today + index + 3) % 7 + 7) % 7 + 1
      let name = turn.phrase(key: "progress.weekday.\(weekday)")
      let parts = parts(of: day, level: level, turn)
      let what = parts.isEmpty ? turn.phrase(PlanPhrase.rest) : parts.joined(separator: " + ")
      return "**\(name):** \(what)"
    }
    let head = turn.phrase(PlanPhrase.title, ["minutes": .number(minutes)])
    var text = head + "\n\n" + lines.joined(separator: "\n")
    if let weakest {
      let kind = turn.phrase(key: "progress.kind.\(weakest)")
      text += "\n\n" + turn.phrase(PlanPhrase.advice, ["kind": .text(kind)])
    }
    return text
  }

  private func parts(of day: Day, level: CEFRLevel, _ turn: Turn) -> [String] {
    var parts: [String] = []
    if day.cards > 0 { parts.append(turn.phrase(PlanPhrase.cards, ["cards": .number(day.cards)])) }
    if day.lessons > 0 {
      parts.append(turn.phrase(PlanPhrase.lessons, ["lessons": .number(day.lessons)]))
    }
    if day.hasPractice, let weakest {
      let kind = turn.phrase(key: "progress.kind.\(weakest)")
      parts.append(turn.phrase(PlanPhrase.practice, ["kind": .text(kind)]))
    }
    if day.hasTest {
      parts.append(turn.phrase(PlanPhrase.test, ["level": .text(level.rawValue)]))
    }
    return parts
  }
}

/// What a plan says.
enum PlanPhrase: String, Phrase {
  case advice = "plan.advice"
  case cards = "plan.cards"
  case lessons = "plan.lessons"
  case practice = "plan.practice"
  case rest = "plan.rest"
  case test = "plan.test"
  case title = "plan.title"
}
