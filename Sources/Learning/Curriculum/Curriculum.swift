package import Foundation
package import Language

/// All lessons, held in memory: levels in order, and the lessons of a level in theirs.
package struct Curriculum: Sendable {
  static let featuredMax = 6
  /// A curriculum of this size shows every type of activity …
  static let completeFrom = 60
  /// … in at least so many lessons.
  static let lessonsPerKindMin = 3

  package let lessons: [Lesson]
  /// What each was written as, by id; only of files.
  package let texts: [String: String]
  private let places: [String: Int]

  /// - Throws: `ContentFaults` with everything that is wrong with any of the files.
  package init(_ files: [ContentFolder.File]) throws(ContentFaults) {
    var (read, faults) = ContentFolder.read(files) { file throws(ContentFaults) in
      (lesson: try LessonReader.read(file), text: file.text)
    }
    let lessons = read.map(\.lesson)
    faults += Self.faults(of: lessons)
    if files.isEmpty {
      faults.append(ContentFault(file: "lessons", line: 1, problem: "has no lessons"))
    }
    guard faults.isEmpty else { throw ContentFaults(faults) }
    self.init(
      lessons: lessons,
      texts: Dictionary(read.map { ($0.lesson.id, $0.text) }) { _, last in last })
  }

  /// What is wrong with lessons that are each sound, for how they stand together.
  static func faults(of lessons: [Lesson]) -> [ContentFault] {
    var faults: [ContentFault] = []
    var orders: Set<String> = []
    for lesson in lessons
    where !orders.insert("\(lesson.level) \(lesson.order)").inserted {
      faults.append(
        fault(lesson, "`order` \(lesson.order) is taken at \(lesson.level.rawValue)"))
    }
    let featured = lessons.filter(\.isFeatured)
    for lesson in featured.dropFirst(featuredMax) {
      faults.append(
        fault(
          lesson, "is one of \(featured.count) that are `featured`, \(featuredMax) are allowed"))
    }
    return faults
  }

  private static func fault(_ lesson: Lesson, _ problem: String) -> ContentFault {
    ContentFault(file: "lessons/\(lesson.id).yaml", line: 1, problem: problem)
  }

  /// Lessons that have been read already; two that claim one place stand side by side.
  init(lessons: [Lesson], texts: [String: String]) {
    self.texts = texts
    self.lessons = lessons.sorted {
      ($0.level.rank, $0.order, $0.id) < ($1.level.rank, $1.order, $1.id)
    }
    places = Dictionary(
      self.lessons.enumerated().map { ($0.element.id, $0.offset) }
    ) { first, _ in first }
  }

  package static func load(from folder: URL) throws -> Curriculum {
    try Curriculum(ContentFolder.files(in: folder.appendingPathComponent("lessons")))
  }

  /// Types of activity that too few lessons use. A small curriculum is not held to it.
  package var coverageFaults: [ContentFault] {
    guard lessons.count >= Self.completeFrom else { return [] }
    let counts = lessons.map(\.kindCounts)
    return ActivityKind.allCases.compactMap { kind in
      let count = counts.count { $0[kind] != nil }
      guard count < Self.lessonsPerKindMin else { return nil }
      return ContentFault(
        file: "lessons", line: 1,
        problem: "use `\(kind.rawValue)` \(count) times, \(Self.lessonsPerKindMin) are wanted")
    }
  }

  package subscript(id: String) -> Lesson? { places[id].map { lessons[$0] } }

  /// The next lesson for somebody at `level`: what they have begun, then their level and those
  /// above, then what they left out below; nil when nothing is left.
  func next(level: CEFRLevel, finished: Set<String>, begun: [String]) -> Lesson? {
    if let open = begun.first(where: { !finished.contains($0) && places[$0] != nil }) {
      return self[open]
    }
    let highest = lessons.last?.level ?? level
    let start = min(level, highest)
    let unfinished = lessons.filter { !finished.contains($0.id) }
    return unfinished.first { $0.level >= start } ?? unfinished.first
  }
}
