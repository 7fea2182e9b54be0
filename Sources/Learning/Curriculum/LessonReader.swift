import Conversation
import Language
import Yams

/// Reads a lesson's file and checks every rule of `Curriculum/README.md`.
enum LessonReader {
  static let levels: [CEFRLevel] = [.a0, .a1, .a2, .b1, .b2, .c1]
  /// In the order they are shown.
  static let categories = ["daily-life", "travel", "work", "study", "culture"]
  static let activityCount = 8...15
  static let kindCountMin = 5
  static let textLengthMax = 600
  /// From B2 on.
  static let longTextLengthMax = 900
  static let grammarLengthMax = 80
  static let promptLengthMax = 300
  static let explanationLengthMax = 300
  static let both: [LanguageCode] = [.english, .persian]

  private static let keys: Set<String> = [
    "id", "level", "category", "order", "title", "aims", "minutes", "words", "text", "activities",
    "grammar", "featured",
  ]

  static func read(_ file: ContentFolder.File) throws(ContentFaults) -> Lesson {
    var reader = ContentReader(file: file.name)
    // Before it is parsed: a few lines of references to references would be read for hours.
    if let line = aliasLine(in: file.text) {
      let problem = "has a reference (`*name`), which lessons do without"
      throw ContentFaults([ContentFault(file: file.name, line: line, problem: problem)])
    }
    let root: Node
    do { root = try reader.root(file.text) } catch { throw ContentFaults([error]) }
    reader.allow(keys, in: root)
    let level = level(root, &reader)
    let lesson = Lesson(
      id: id(root, file: file, level: level, &reader), level: level,
      category: category(root, &reader), order: reader.integer("order", in: root, 1...10_000),
      title: reader.translated("title", in: root, required: both, lengthMax: 60),
      aims: reader.list("aims", in: root, count: 2...3).map {
        reader.translated($0, called: "aims", required: both, lengthMax: 120)
      },
      minutes: reader.integer("minutes", in: root, 1...30),
      grammar: root["grammar"] == nil
        ? nil
        : reader.translated(
          "grammar", in: root, required: both, lengthMax: grammarLengthMax),
      isFeatured: root["featured"] == nil ? false : reader.boolean("featured", in: root),
      words: reader.list("words", in: root, count: 6...10).map { word($0, &reader) },
      text: text(root, level: level, &reader),
      activities: activities(root, level: level, &reader))
    guard reader.faults.isEmpty else { throw ContentFaults(reader.faults) }
    return lesson
  }

  /// Where something stands that YAML may take for a reference to what was said before.
  private static func aliasLine(in text: String) -> Int? {
    for (index, line) in text.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() {
      var before = UInt8(ascii: " ")
      var isStar = false
      for byte in line {
        if isStar, isNameByte(byte) { return index + 1 }
        isStar = byte == UInt8(ascii: "*") && " \t[{,:?-".utf8.contains(before)
        before = byte
      }
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    case _: false
    }
  }

  private static func level(_ root: Node, _ reader: inout ContentReader) -> CEFRLevel {
    let level = CEFRLevel(rawValue: reader.text("level", in: root, lengthMax: 2))
    guard let level, levels.contains(level) else {
      reader.fault(root["level"] ?? root, "`level` must be A0, A1, A2, B1, B2 or C1")
      return .a0
    }
    return level
  }

  private static func id(
    _ root: Node, file: ContentFolder.File, level: CEFRLevel, _ reader: inout ContentReader
  ) -> String {
    let id = reader.text("id", in: root, lengthMax: Choice.idLengthMax)
    let isPlain = id.utf8.allSatisfy {
      $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    if id != file.stem { reader.fault(root, "`id` must be the file's name, \(file.stem)") }
    if !isPlain || !id.hasPrefix(level.rawValue.lowercased() + "-") {
      reader.fault(root, "`id` must be lower-case words joined by `-`, the level first")
    }
    return id
  }

  private static func category(_ root: Node, _ reader: inout ContentReader) -> String {
    let category = reader.text("category", in: root, lengthMax: 30)
    if !categories.contains(category) {
      let known = categories.joined(separator: ", ")
      reader.fault(root["category"] ?? root, "`category` must be one of \(known)")
    }
    return category
  }

  private static func word(_ node: Node, _ reader: inout ContentReader) -> Lesson.Word {
    reader.allow(["word", "meaning", "example"], in: node)
    let word = reader.text("word", in: node, lengthMax: 40)
    let example = reader.text("example", in: node, lengthMax: 120)
    // The example may bend the word, so the beginning of any part of it is enough.
    let stems = word.lowercased().split(separator: " ").map { $0.prefix(3) }
    if !stems.contains(where: { example.lowercased().contains($0) }) {
      reader.fault(node, "`example` does not use “\(word)”")
    }
    let meaning = reader.translated("meaning", in: node, required: [.persian], lengthMax: 60)
    return Lesson.Word(word: word, meaning: meaning, example: example)
  }

  private static func text(
    _ root: Node, level: CEFRLevel, _ reader: inout ContentReader
  ) -> LocalisedText {
    let required: [LanguageCode] = level < .b1 ? both : [.english]
    let text = reader.translated(
      "text", in: root, required: required,
      lengthMax: level < .b2 ? textLengthMax : longTextLengthMax)
    if level >= .b1, text.exactly(.persian) != nil {
      reader.fault(root["text"] ?? root, "`text` has no translation from B1 on")
    }
    return text
  }

  private static func activities(
    _ root: Node, level: CEFRLevel, _ reader: inout ContentReader
  ) -> [any Activity] {
    let nodes = reader.list("activities", in: root, count: activityCount)
    let activities = nodes.compactMap { node -> (any Activity)? in
      let name = reader.text("type", in: node, lengthMax: 30)
      guard let kind = ActivityKind(rawValue: name) else {
        reader.fault(node, "`\(name)` is no type of activity")
        return nil
      }
      return kind.read(node, level: level, &reader)
    }
    if Set(activities.map(\.kind)).count < kindCountMin {
      reader.fault(
        root["activities"] ?? root, "has fewer than \(kindCountMin) types of activity")
    }
    return activities
  }
}
