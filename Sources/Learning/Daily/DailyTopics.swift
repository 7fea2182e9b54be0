package import Language
import Conversation
import Yams

/// A thing to say a sentence or two about, one a day, from `Curriculum/topics.yaml`.
package struct DailyTopic: Sendable, Equatable {
  package let id: String
  package let level: CEFRLevel
  /// An id of `interests.yaml`.
  package let interest: String
  package let title: LocalisedText
  package let question: LocalisedText
}

/// All topics.
package struct DailyTopics: Sendable {
  static let countMax = 1_000
  package static let empty = DailyTopics(all: [])

  package let all: [DailyTopic]

  private init(all: [DailyTopic]) { self.all = all }

  /// - Parameter interests: the ids that a topic may name.
  /// - Throws: `ContentFaults` with everything that is wrong with the file.
  package init(_ file: ContentFolder.File, interests: Set<String>) throws(ContentFaults) {
    var reader = ContentReader(file: file.name)
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(["topics"], in: root)
    var ids: Set<String> = []
    var all: [DailyTopic] = []
    for node in reader.list("topics", in: root, count: 1...Self.countMax) {
      let topic = Self.topic(node, interests: interests, &reader)
      if !ids.insert(topic.id).inserted { reader.fault(node, "`\(topic.id)` is there twice") }
      if all.contains(where: { $0.question == topic.question }) {
        reader.fault(node, "the question is asked twice")
      }
      all.append(topic)
    }
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
    self.init(all: all)
  }

  /// The topic of a day: another one each day, of the person's level or the one below where there
  /// are enough, and three days of four of what they are interested in.
  package func pick(level: CEFRLevel, interests: [String], day: Int) -> DailyTopic? {
    let fitting = all.filter { $0.level == level || $0.level.rank == level.rank - 1 }
    let nearest = all.map { abs($0.level.rank - level.rank) }.min() ?? 0
    let pool = fitting.isEmpty ? all.filter { abs($0.level.rank - level.rank) == nearest } : fitting
    let liked = pool.filter { interests.contains($0.interest) }
    let chosen = liked.isEmpty || day % 4 == 0 ? pool : liked
    return chosen.isEmpty ? nil : chosen[((day % chosen.count) + chosen.count) % chosen.count]
  }

  private static func topic(
    _ node: Node, interests: Set<String>, _ reader: inout ContentReader
  ) -> DailyTopic {
    reader.allow(["id", "level", "interest", "title", "question"], in: node)
    let level = CEFRLevel(rawValue: reader.text("level", in: node, lengthMax: 2))
    if level == nil { reader.fault(node["level"] ?? node, "`level` must be A0–C2") }
    let interest = reader.text("interest", in: node, lengthMax: 30)
    if !interests.contains(interest) {
      reader.fault(node["interest"] ?? node, "`\(interest)` is not in interests.yaml")
    }
    return DailyTopic(
      id: reader.text("id", in: node, lengthMax: 40), level: level ?? .a0, interest: interest,
      title: reader.translated("title", in: node, required: LessonReader.both, lengthMax: 60),
      question: reader.translated(
        "question", in: node, required: LessonReader.both, lengthMax: 200))
  }
}
