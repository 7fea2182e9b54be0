import Conversation
package import Language
import Yams

/// Something worth a word of praise, written by an author in `Curriculum/achievements.yaml`.
package struct Achievement: Sendable, Equatable {
  package let id: String
  package let badge: String
  package let title: LocalisedText
  package let detail: LocalisedText
  let measure: LearnerFacts.Measure
  let threshold: Int
}

/// All achievements, in the order in which they are shown.
package struct AchievementShelf: Sendable {
  static let countMax = 100
  static let thresholdMax = 1_000_000
  package static let empty = AchievementShelf(all: [])

  package let all: [Achievement]

  private init(all: [Achievement]) { self.all = all }

  /// - Throws: `ContentFaults` with everything that is wrong with the file.
  package init(_ file: ContentFolder.File) throws(ContentFaults) {
    var reader = ContentReader(file: file.name)
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(["achievements"], in: root)
    var ids: Set<String> = []
    var all: [Achievement] = []
    for node in reader.list("achievements", in: root, count: 1...Self.countMax) {
      let one = Self.achievement(node, &reader)
      if !ids.insert(one.id).inserted { reader.fault(node, "`\(one.id)` is there twice") }
      all.append(one)
    }
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
    self.init(all: all)
  }

  /// Those that `facts` have earned.
  func earned(by facts: LearnerFacts) -> [Achievement] {
    all.filter { facts[$0.measure] >= $0.threshold }
  }

  private static func achievement(_ node: Node, _ reader: inout ContentReader) -> Achievement {
    reader.allow(["id", "badge", "title", "description", "measure", "threshold"], in: node)
    let name = reader.text("measure", in: node, lengthMax: 30)
    let measure = LearnerFacts.Measure(rawValue: name)
    if measure == nil {
      let known = LearnerFacts.Measure.allCases.map(\.rawValue).joined(separator: ", ")
      reader.fault(node["measure"] ?? node, "`measure` must be one of \(known)")
    }
    return Achievement(
      id: reader.text("id", in: node, lengthMax: 40),
      badge: reader.text("badge", in: node, lengthMax: 4),
      title: reader.translated(
        "title", in: node, required: [.english, .persian, .arabic], lengthMax: 40),
      detail: reader.translated(
        "description", in: node, required: [.english, .persian, .arabic], lengthMax: 120),
      measure: measure ?? .xp,
      threshold: reader.integer("threshold", in: node, 1...thresholdMax))
  }
}
