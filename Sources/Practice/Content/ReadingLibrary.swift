import Conversation
package import Language
import Yams

/// Something to read aloud: a sentence or a short text.
package struct ReadingItem: Sendable, Equatable {
  package enum Kind: String, Sendable, Codable {
    case sentence
    case text
  }

  package let id: String
  package let kind: Kind
  package let level: CEFRLevel
  package let text: String
  /// What it means, in the languages it is translated to.
  package let meaning: LocalisedText
  /// Of a text.
  package let title: LocalisedText?
  /// The sound it is good for.
  package let sound: SoundTip?
}

/// A sound that is hard for people who speak Persian or Arabic. Each has a phrase that tells how it
/// is made.
package enum SoundTip: String, Sendable, CaseIterable {
  case ah
  case cluster
  case dh
  case ih
  case ng
  case th
  case uh
  case w

  /// The tip for a confusion as a reader names it: `TH>S`.
  init?(rule: String) {
    switch rule.split(separator: ">").first {
    case "AH": self = .ah
    case "DH": self = .dh
    case "IH": self = .ih
    case "NG": self = .ng
    case "TH": self = .th
    case "UH": self = .uh
    case "W": self = .w
    // Epenthesis is told by the cluster it breaks up; other confusions have no tip of their own.
    case let first?:
      guard first.hasPrefix("S") else { return nil }
      self = .cluster
    case nil: return nil
    }
  }
}

/// Everything that can be read aloud: the files of `Curriculum/reading/`, one for each level.
package struct ReadingLibrary: Sendable {
  static let sentenceLengthMax = 120
  static let textLengthMax = 600
  static let itemsMax = 500

  package let items: [ReadingItem]
  private let byID: [String: ReadingItem]

  /// - Throws: `ContentFaults` with everything that is wrong with any of the files.
  package init(_ files: [ContentFolder.File]) throws(ContentFaults) {
    var (levels, faults) = ContentFolder.read(files) { file throws(ContentFaults) in
      var reader = ReadingFileReader(file)
      return try reader.items()
    }
    let items = levels.flatMap(\.self)
    let ids = Set(items.map(\.id))
    if ids.count != items.count {
      faults.append(ContentFault(file: "reading", line: 1, problem: "two items have the same id"))
    }
    if items.count > Self.itemsMax {
      faults.append(ContentFault(file: "reading", line: 1, problem: "has too many items"))
    }
    guard faults.isEmpty else { throw ContentFaults(faults) }
    self.items = items
    byID = Dictionary(items.map { ($0.id, $0) }) { first, _ in first }
  }

  package subscript(id: String) -> ReadingItem? { byID[id] }

  /// The items of a level, or of the nearest one that has some, without those to be avoided unless
  /// nothing else is left.
  func choices(
    _ kind: ReadingItem.Kind, level: CEFRLevel, avoiding seen: [String]
  ) -> [ReadingItem] {
    let ofKind = items.filter { $0.kind == kind }
    let nearest = ofKind.map { abs($0.level.rank - level.rank) }.min() ?? 0
    let fitting = ofKind.filter { abs($0.level.rank - level.rank) == nearest }
    let fresh = fitting.filter { !seen.contains($0.id) }
    return fresh.isEmpty ? fitting : fresh
  }
}

/// Reads one file of `Curriculum/reading/`.
private struct ReadingFileReader {
  private let file: ContentFolder.File
  private var reader: ContentReader

  init(_ file: ContentFolder.File) {
    self.file = file
    reader = ContentReader(file: file.name)
  }

  mutating func items() throws(ContentFaults) -> [ReadingItem] {
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(["level", "sentences", "texts"], in: root)
    let level = CEFRLevel(rawValue: reader.text("level", in: root, lengthMax: 2))
    if level == nil { reader.fault(root, "`level` must be one from A0 to C2") }
    if level?.rawValue.lowercased() != file.stem {
      reader.fault(root, "the file must be named after its `level`")
    }
    let sentences = reader.list("sentences", in: root, count: 1...100).map {
      item($0, .sentence, level ?? .a1)
    }
    let texts = reader.list("texts", in: root, count: 1...40).map { item($0, .text, level ?? .a1) }
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
    return sentences + texts
  }

  private mutating func item(
    _ node: Node, _ kind: ReadingItem.Kind, _ level: CEFRLevel
  ) -> ReadingItem {
    reader.allow(["id", "text", "fa", "sound", "title"], in: node)
    let lengthMax =
      kind == .sentence ? ReadingLibrary.sentenceLengthMax : ReadingLibrary.textLengthMax
    let text = reader.text("text", in: node, lengthMax: lengthMax)
    if text.contains(where: \.isNumber) {
      reader.fault(node, "`text` has digits; write the words that are spoken")
    }
    var meanings: [LanguageCode: String] = [:]
    if node["fa"] != nil {
      meanings[.persian] = reader.text("fa", in: node, lengthMax: lengthMax * 2)
    }
    let id = reader.text("id", in: node, lengthMax: 20)
    if !id.hasPrefix(file.stem + "-") { reader.fault(node, "`id` must begin with the level") }
    return ReadingItem(
      id: id, kind: kind, level: level, text: text, meaning: LocalisedText(meanings),
      title: kind == .text
        ? reader.translated("title", in: node, required: [.english, .persian], lengthMax: 60)
        : nil,
      sound: sound(node))
  }

  private mutating func sound(_ node: Node) -> SoundTip? {
    guard node["sound"] != nil else { return nil }
    let tip = SoundTip(rawValue: reader.text("sound", in: node, lengthMax: 10))
    if tip == nil {
      reader.fault(node, "`sound` must be one of \(SoundTip.allCases.map(\.rawValue))")
    }
    return tip
  }
}
