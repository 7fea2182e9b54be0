import Conversation
import Language
import Storage

/// Awards achievements, once, and tells of each, once.
struct Achievements: Sendable {
  /// More at once are told of in one line each, without a description.
  private static let describedMax = 3

  let shelf: AchievementShelf
  let ports: LearnerPorts

  /// Looks whether something has been reached; to be called where a lesson or a review ends.
  func tell(_ turn: Turn) throws {
    let new = try award(turn)
    guard !new.isEmpty else { return }
    let language = turn.person.language
    let lines = new.map { one in
      let title = "\(one.badge) **\(Markup.escape(one.title[language]))**"
      return new.count > Self.describedMax
        ? title : title + "\n" + Markup.escape(one.detail[language])
    }
    try turn.say(
      Reply(turn.phrase(AchievementPhrase.new) + "\n\n" + lines.joined(separator: "\n")))
  }

  /// What `/achievements` says: those that have been reached, then the nearest of the others.
  func list(_ turn: Turn) throws -> Reply {
    let language = turn.person.language
    _ = try award(turn)
    let facts = try facts(turn)
    let reached = try reached(by: turn.person.id, turn.database)
    let open = shelf.all.filter { !reached.contains($0.id) }
    var parts = [
      turn.phrase(
        AchievementPhrase.title,
        ["reached": .number(shelf.all.count - open.count), "all": .number(shelf.all.count)])
    ]
    let done = shelf.all.filter { reached.contains($0.id) }.map {
      "\($0.badge) \(Markup.escape($0.title[language]))"
    }
    if !done.isEmpty { parts.append(done.joined(separator: "\n")) }
    let next = open.sorted { share($0, facts) > share($1, facts) }.prefix(Self.describedMax).map {
      let number = Numerals.localise(
        "\(min(facts[$0.measure], $0.threshold))/\($0.threshold)", language: language)
      return "\($0.badge) \(Markup.escape($0.detail[language])) (\(number))"
    }
    if !next.isEmpty {
      parts.append(turn.phrase(AchievementPhrase.next) + "\n" + next.joined(separator: "\n"))
    }
    return Reply(parts.joined(separator: "\n\n"))
  }

  private func award(_ turn: Turn) throws -> [Achievement] {
    let person = turn.person.id
    return try shelf.earned(by: facts(turn)).filter { one in
      try turn.database.execute(
        """
        INSERT INTO achievements (person_id, achievement_id, awarded_at)
        VALUES (\(person), \(one.id), \(turn.now))
        ON CONFLICT (person_id, achievement_id) DO NOTHING
        """) == 1
    }
  }

  private func facts(_ turn: Turn) throws -> LearnerFacts {
    let minutes = try ports.minutesOf(turn.person.id, turn.database)
    return try LearnerFacts.gather(
      turn.person.id, goalMinutes: minutes ?? ReviewDay.minutesDefault, at: turn.now,
      in: turn.database)
  }

  private func reached(by person: ID<Person>, _ database: Transaction) throws -> Set<String> {
    Set(
      try database.all(
        "SELECT achievement_id FROM achievements WHERE person_id = \(person)"
      ).map { try $0.value("achievement_id", as: String.self) })
  }

  private func share(_ one: Achievement, _ facts: LearnerFacts) -> Double {
    Double(facts[one.measure]) / Double(one.threshold)
  }
}

/// What is said about achievements.
enum AchievementPhrase: String, Phrase {
  case new = "achievement.new"
  case next = "achievement.next"
  case title = "achievement.title"
}
