import Conversation
package import Foundation
package import Language
import Yams

/// What the first conversation offers and asks, from `Curriculum/`.
package struct OnboardingContent: Sendable {
  package let goals: [Option]
  package let interests: [Option]
  package let placement: PlacementBank

  /// - Throws: `ContentFaults` with everything that is wrong with the three files.
  package static func load(from folder: URL) throws -> OnboardingContent {
    let names = ["goals.yaml", "interests.yaml", "placement.yaml"]
    let files = try names.map { try ContentFolder.file(folder.appendingPathComponent($0)) }
    var faults: [ContentFault] = []
    func keep<Value>(_ fallback: Value, _ read: () throws(ContentFaults) -> Value) -> Value {
      do { return try read() } catch {
        faults += error.all
        return fallback
      }
    }
    let content = OnboardingContent(
      goals: keep([]) { () throws(ContentFaults) in try Option.list(files[0]) },
      interests: keep([]) { () throws(ContentFaults) in try Option.list(files[1]) },
      placement: keep(.empty) { () throws(ContentFaults) in try PlacementBank(files[2]) })
    guard faults.isEmpty else { throw ContentFaults(faults) }
    return content
  }
}

/// Something to choose from a list: a goal, an interest.
package struct Option: Sendable, Equatable {
  package let id: String
  package let title: LocalisedText

  static func list(_ file: ContentFolder.File) throws(ContentFaults) -> [Option] {
    var reader = ContentReader(file: file.name)
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    let nodes = root.sequence.map(Array.init) ?? []
    if !(2...12).contains(nodes.count) { reader.fault(root, "must be a list of 2–12 entries") }
    var ids: Set<String> = []
    let options = nodes.map { node in
      reader.allow(["id", "title"], in: node)
      let id = reader.text("id", in: node, lengthMax: 30)
      if !ids.insert(id).inserted { reader.fault(node, "`\(id)` is there twice") }
      let title = reader.translated(
        "title", in: node, required: [.english, .persian, .arabic], lengthMax: 24)
      return Option(id: id, title: title)
    }
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
    return options
  }
}
