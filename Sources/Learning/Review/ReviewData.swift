import Conversation
import Foundation
import Storage

/// Cards and reviews as part of all that is known of a person.
enum ReviewData {
  static let keeper = PersonDataKeeper(
    name: "review", tables: ["review_cards", "review_log", "review_marks"],
    export: export, merge: merge, unmerge: unmerge, erase: erase)

  /// What is needed to part two learners again.
  fileprivate struct Undo: Codable {
    /// Cards that only the absorbed person had.
    var moved: [ID<ReviewCard>] = []
    /// Cards that both had; the survivor keeps theirs.
    var doubles: [Double] = []
    var gatheredUntil: Timestamp?

    struct Double: Codable {
      let card: ID<ReviewCard>
      let kind: String
      let lesson: String
      let item: String
      let phase: String
      let step: Int?
      let stability: Swift.Double?
      let difficulty: Swift.Double?
      let reviewedAt: Timestamp?
      let dueAt: Timestamp
      let reviews: Int
      let lapses: Int
    }
  }

  private static func export(_ person: ID<Person>, _ database: Transaction) throws -> String {
    let cards = try database.all(
      """
      SELECT kind, lesson_id, item, phase, stability, difficulty, reviewed_at, due_at, reviews,
        lapses
      FROM review_cards WHERE person_id = \(person) ORDER BY id
      """)
    let log = try database.all(
      """
      SELECT card_id, reviewed_at, grade FROM review_log
      WHERE person_id = \(person) ORDER BY reviewed_at, card_id
      """)
    return "{\"cards\":\(RowJSON.array(cards)),\"reviews\":\(RowJSON.array(log))}"
  }

  // MARK: Joining and parting

  /// The stronger memory of a card that both had goes on: it is one head after all.
  private static func merge(_ merge: PersonMerge, in database: Transaction) throws -> String {
    var undo = Undo()
    let cards = try cards(of: merge.absorbed, database)
    for card in cards {
      guard let own = try twin(of: card, merge.survivor, database) else {
        try give(card.id, from: merge.absorbed, to: merge.survivor, database)
        undo.moved.append(card.id)
        continue
      }
      undo.doubles.append(Undo.Double(card))
      try database.execute("DELETE FROM review_cards WHERE id = \(card.id)")
      guard card.reviews > own.reviews else { continue }
      let joined = ReviewCard(
        id: own.id, kind: own.kind, lesson: own.lesson, item: own.item, memory: card.memory,
        reviews: card.reviews, lapses: card.lapses)
      try ReviewStore.save(joined, in: database)
    }
    try moveLog(from: merge.absorbed, to: merge.survivor, database)
    undo.gatheredUntil = try joinMarks(merge, database)
    return String(decoding: try JSONEncoder().encode(undo), as: UTF8.self)
  }

  private static func unmerge(
    _ text: String, _ merge: PersonMerge, in database: Transaction
  ) throws {
    let undo = try JSONDecoder().decode(Undo.self, from: Data(text.utf8))
    for card in undo.moved {
      try give(card, from: merge.survivor, to: merge.absorbed, database)
    }
    for double in undo.doubles {
      if let card = double.reviewCard {
        try ReviewStore.add(card, to: merge.absorbed, in: database)
      }
    }
    for card in undo.moved + undo.doubles.map(\.card) {
      try database.execute(
        """
        UPDATE review_log SET person_id = \(merge.absorbed)
        WHERE person_id = \(merge.survivor) AND card_id = \(card)
        """)
    }
    guard let until = undo.gatheredUntil else { return }
    try database.execute(
      """
      INSERT INTO review_marks (person_id, gathered_until) VALUES (\(merge.absorbed), \(until))
      ON CONFLICT (person_id) DO NOTHING
      """)
  }

  private static func cards(
    of person: ID<Person>, _ database: Transaction
  ) throws -> [ReviewCard] {
    try database.all(
      """
      SELECT \(sql: ReviewCard.columns) FROM review_cards WHERE person_id = \(person) ORDER BY id
      """
    ).map(ReviewCard.init)
  }

  private static func twin(
    of card: ReviewCard, _ person: ID<Person>, _ database: Transaction
  ) throws -> ReviewCard? {
    try database.first(
      """
      SELECT \(sql: ReviewCard.columns) FROM review_cards
      WHERE person_id = \(person) AND item_key = \(card.key)
      """
    ).map(ReviewCard.init)
  }

  /// Nothing happens where the other has a card for that by now.
  private static func give(
    _ card: ID<ReviewCard>, from: ID<Person>, to: ID<Person>, _ database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE review_cards SET person_id = \(to)
      WHERE id = \(card) AND person_id = \(from) AND NOT EXISTS (
        SELECT 1 FROM review_cards other
        WHERE other.person_id = \(to) AND other.item_key = review_cards.item_key)
      """)
  }

  private static func moveLog(
    from: ID<Person>, to: ID<Person>, _ database: Transaction
  ) throws {
    try database.execute("UPDATE review_log SET person_id = \(to) WHERE person_id = \(from)")
  }

  /// What either has not gathered yet is gathered again: what is there already stays as it is.
  private static func joinMarks(
    _ merge: PersonMerge, _ database: Transaction
  ) throws -> Timestamp? {
    let until: Timestamp? = try database.first(
      "SELECT gathered_until FROM review_marks WHERE person_id = \(merge.absorbed)"
    )?.value("gathered_until")
    try database.execute(
      """
      DELETE FROM review_marks WHERE person_id IN (\(merge.absorbed), \(merge.survivor))
      """)
    return until
  }

  // MARK: Deleting

  private static func erase(
    _ erasure: PersonErasure, in database: Transaction
  ) throws -> ErasureStep {
    let log = try database.execute(
      """
      DELETE FROM review_log WHERE person_id = \(erasure.person) AND reviewed_at IN (
        SELECT reviewed_at FROM review_log WHERE person_id = \(erasure.person)
        ORDER BY reviewed_at LIMIT \(PersonErasure.rowsPerStep))
      """)
    guard log == 0 else { return ErasureStep([.learning: log], next: "log") }
    let cards = try database.execute(
      """
      DELETE FROM review_cards WHERE id IN (
        SELECT id FROM review_cards WHERE person_id = \(erasure.person)
        LIMIT \(PersonErasure.rowsPerStep))
      """)
    guard cards == 0 else { return ErasureStep([.learning: cards], next: "cards") }
    try database.execute("DELETE FROM review_marks WHERE person_id = \(erasure.person)")
    return ErasureStep([:])
  }
}

extension ReviewData.Undo.Double {
  fileprivate init(_ card: ReviewCard) {
    self.init(
      card: card.id, kind: card.kind.rawValue, lesson: card.lesson, item: card.item,
      phase: card.memory.phase.rawValue, step: card.memory.step,
      stability: card.memory.stability, difficulty: card.memory.difficulty,
      reviewedAt: card.memory.reviewedAt, dueAt: card.memory.dueAt, reviews: card.reviews,
      lapses: card.lapses)
  }

  fileprivate var reviewCard: ReviewCard? {
    guard let kind = ReviewCard.Kind(rawValue: kind), let phase = Memory.Phase(rawValue: phase)
    else { return nil }
    return ReviewCard(
      id: card, kind: kind, lesson: lesson, item: item,
      memory: Memory(
        phase: phase, step: step, stability: stability, difficulty: difficulty,
        reviewedAt: reviewedAt, dueAt: dueAt),
      reviews: reviews, lapses: lapses)
  }
}
