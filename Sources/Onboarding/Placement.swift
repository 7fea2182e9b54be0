package import Language
import Conversation
import Yams

/// The questions of the short placement test.
package struct PlacementBank: Sendable {
  /// The levels the test can tell apart.
  static let levels: [CEFRLevel] = [.a0, .a1, .a2, .b1, .b2]
  static let skills: Set<String> = ["grammar", "vocabulary", "use"]
  static let itemsPerLevelMin = 4

  static let empty = PlacementBank(items: [])

  package let items: [PlacementItem]
  private let byID: [String: PlacementItem]

  private init(items: [PlacementItem]) {
    self.items = items
    byID = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
  }

  /// - Throws: `ContentFaults` with everything that is wrong with the file.
  package init(_ file: ContentFolder.File) throws(ContentFaults) {
    var reader = ContentReader(file: file.name)
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(["items"], in: root)
    var ids: Set<String> = []
    var items: [PlacementItem] = []
    for node in reader.list("items", in: root, count: 1...500) {
      let item = PlacementItem(node, &reader)
      if !ids.insert(item.id).inserted { reader.fault(node, "`\(item.id)` is there twice") }
      items.append(item)
    }
    for level in Self.levels {
      let count = items.count { $0.level == level }
      if count < Self.itemsPerLevelMin {
        reader.fault(
          root, "\(level.rawValue) has \(count) items, \(Self.itemsPerLevelMin) are needed")
      }
    }
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
    self.init(items: items)
  }

  subscript(id: String) -> PlacementItem? { byID[id] }
}

/// One question of the placement test.
package struct PlacementItem: Sendable, Equatable {
  package let id: String
  package let level: CEFRLevel
  package let prompt: String
  package let options: [String]
  package let answer: String

  init(_ node: Node, _ reader: inout ContentReader) {
    reader.allow(["id", "level", "skill", "prompt", "options", "answer"], in: node)
    id = reader.text("id", in: node, lengthMax: 20)
    let levelText = reader.text("level", in: node, lengthMax: 2)
    level = CEFRLevel(rawValue: levelText) ?? .a0
    if !PlacementBank.levels.map(\.rawValue).contains(levelText) {
      reader.fault(node, "`level` must be one of A0, A1, A2, B1, B2")
    }
    if !PlacementBank.skills.contains(reader.text("skill", in: node, lengthMax: 20)) {
      reader.fault(node, "`skill` must be grammar, vocabulary or use")
    }
    prompt = reader.text("prompt", in: node, lengthMax: 300)
    options = reader.texts("options", in: node, count: 3...4, lengthMax: 30)
    answer = reader.text("answer", in: node, lengthMax: 30)
    if !options.contains(answer) { reader.fault(node, "`answer` is not among the options") }
    if Set(options).count != options.count { reader.fault(node, "two options are the same") }
  }
}
