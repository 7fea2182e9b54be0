import Foundation
import Language
import Learning
import Rehearsal
import Storage
import Testing

/// A desk over a store in memory.
struct DeskStage {
  let database: Database
  let desk: LessonDesk
  let now = Timestamp(milliseconds: 1_760_000_000_000)

  init(_ ids: [String] = ["a1-sample", "a1-second"], base: Curriculum? = nil) throws {
    database = try Database(.memory)
    try database.migrate(
      [Migration("people", [.table("CREATE TABLE people (id TEXT PRIMARY KEY)")])]
        + Learning.migrations)
    desk = LessonDesk(LessonShelf(try base ?? SampleLesson.curriculum(ids)))
  }

  func write<Value>(_ body: (LessonDesk, Transaction) throws -> Value) throws -> Value {
    try database.writeBlocking { try body(desk, $0) }
  }

  @discardableResult
  func save(_ yaml: String, from version: Int? = nil, by name: String = "Sara") throws
    -> LessonEntry
  {
    try write {
      try $0.save(yaml, from: version, by: Self.author(name), at: now, in: $1)
    }
  }

  @discardableResult
  func publish(_ id: String, _ version: Int) throws -> LessonEntry {
    try write { try $0.publish(id, version, by: Self.author("Omid"), at: now, in: $1) }
  }

  @discardableResult
  func unpublish(_ id: String, _ version: Int) throws -> LessonEntry {
    try write { try $0.unpublish(id, version, by: Self.author("Omid"), at: now, in: $1) }
  }

  func changed(_ id: String = "a1-sample", order: Int = 10) -> String {
    SampleLesson.text(id: id, order: order).replacing("Because.", with: "So it is.")
  }

  static func author(_ name: String) throws -> Author { try #require(Author(name)) }
}

struct LessonDeskTests {
  @Test func `an untouched file is its first version, published`() throws {
    let stage = try DeskStage()
    let entry = try #require(try stage.write { try $0.find("a1-sample", in: $1) })
    #expect(entry.version == 1)
    #expect(entry.published == 1)
    #expect(entry.origin == .file)
    #expect(try stage.write { try $0.history("a1-sample", in: $1) }.isEmpty)
  }

  @Test func `a change is a draft until it is published, and the history says who did what`() throws
  {
    let stage = try DeskStage()
    let saved = try stage.save(stage.changed(), from: 1)
    #expect(saved.version == 2)
    #expect(saved.published == 1)
    #expect(stage.desk.shelf.curriculum["a1-sample"]?.version == 1)
    #expect(try stage.publish("a1-sample", 2).published == 2)
    #expect(stage.desk.shelf.curriculum["a1-sample"]?.version == 2)
    let events = try stage.write { try $0.history("a1-sample", in: $1) }
    #expect(events.map(\.action) == [.published, .saved])
    #expect(events.map(\.author) == ["Omid", "Sara"])
    let first = try stage.write { try $0.file("a1-sample", version: 1, in: $1) }
    #expect(first.text == SampleLesson.text(id: "a1-sample", order: 10))
  }

  @Test func `who changes an older version is told, and nothing is lost`() throws {
    let stage = try DeskStage()
    try stage.save(stage.changed(), from: 1, by: "First")
    for read in [nil, 1, 3] {
      #expect(throws: LessonDeskFault.conflict(lesson: "a1-sample", read: read, current: 2)) {
        try stage.save(stage.changed().replacing("So it is.", with: "Mine."), from: read)
      }
    }
    let kept = try stage.write { try $0.file("a1-sample", in: $1) }
    #expect(kept == LessonFile(text: stage.changed(), version: 2))
    // The mark of what was exported is as good as a version said aloud.
    let next = kept.yaml.replacing("So it is.", with: "Mine.")
    #expect(try stage.save(next).version == 3)
  }

  @Test func `the same text is no change`() throws {
    let stage = try DeskStage()
    #expect(try stage.save(SampleLesson.text(id: "a1-sample", order: 10)).version == 1)
    try stage.save(stage.changed(), from: 1)
    #expect(try stage.save(stage.changed()).version == 2)
  }

  @Test func `a new lesson takes its place among the others once it is published`() throws {
    let stage = try DeskStage()
    try stage.save(stage.changed("a1-new", order: 15))
    #expect(stage.desk.shelf.curriculum["a1-new"] == nil)
    try stage.publish("a1-new", 1)
    #expect(
      stage.desk.shelf.curriculum.lessons.map(\.id) == ["a1-sample", "a1-new", "a1-second"])
    let listed = try stage.write { try $0.list(in: $1) }
    #expect(listed.map(\.id) == ["a1-sample", "a1-new", "a1-second"])
  }

  @Test func `two lessons cannot have one place`() throws {
    let stage = try DeskStage()
    try stage.save(stage.changed("a1-new", order: 20))
    let fault = #expect(throws: LessonDeskFault.self) { try stage.publish("a1-new", 1) }
    guard case .unsound(let faults) = fault else { return #expect(Bool(false), "\(fault as Any)") }
    #expect(faults.map(\.problem) == ["`order` 20 is taken at A1"])
    #expect(stage.desk.shelf.curriculum["a1-new"] == nil)
  }

  @Test func `what is taken down is in no list, and comes back as it was`() throws {
    let stage = try DeskStage()
    #expect(throws: LessonDeskFault.conflict(lesson: "a1-sample", read: 2, current: 1)) {
      try stage.unpublish("a1-sample", 2)
    }
    #expect(try stage.unpublish("a1-sample", 1).published == nil)
    #expect(stage.desk.shelf.curriculum.lessons.map(\.id) == ["a1-second"])
    #expect(throws: LessonDeskFault.self) { try stage.unpublish("a1-second", 1) }
    #expect(try stage.publish("a1-sample", 1).published == 1)
    #expect(stage.desk.shelf.curriculum.lessons.map(\.id) == ["a1-sample", "a1-second"])
  }

  @Test func `what was published is there after a start, and what cannot be read any more is not`()
    throws
  {
    let stage = try DeskStage()
    try stage.save(stage.changed(), from: 1)
    try stage.publish("a1-sample", 2)
    let later = LessonShelf(try SampleLesson.curriculum(["a1-sample", "a1-second"]))
    try stage.database.writeBlocking { try later.follow(in: $0) }
    #expect(later.curriculum["a1-sample"]?.version == 2)
    try stage.database.writeBlocking {
      try $0.execute("UPDATE content_versions SET yaml = 'id: a1-sample' WHERE version = 2")
    }
    let last = LessonShelf(try SampleLesson.curriculum(["a1-sample", "a1-second"]))
    try stage.database.writeBlocking { try last.follow(in: $0) }
    #expect(last.curriculum["a1-sample"]?.version == 1)
    #expect(last.edition.unreadable == ["a1-sample"])
  }

  @Test func `no more versions are kept than are needed, the published one always`() throws {
    let stage = try DeskStage()
    for version in 1...60 {
      let text = stage.changed().replacing("So it is.", with: "Text \(version).")
      try stage.save(text, from: version)
    }
    let kept = try stage.database.readBlocking {
      try $0.first("SELECT count(*) AS n, min(version) AS first FROM content_versions")
    }
    #expect(try kept?.value("n", as: Int.self) == 51)
    #expect(try kept?.value("first", as: Int.self) == 1)
    #expect(throws: LessonDeskFault.unknown("a1-sample")) { try stage.publish("a1-sample", 5) }
  }

  @Test func `all lessons go out and come in unchanged, here and elsewhere`() throws {
    let curriculum = try Curriculum.load(from: Project.root.appendingPathComponent("Curriculum"))
    let stage = try DeskStage(base: curriculum)
    let stream = try stage.write { LessonFile.stream(try $0.files(in: $1)) }
    let again = try stage.write {
      try $0.take(stream, by: DeskStage.author("Sara"), at: stage.now, in: $1)
    }
    #expect(again.count == curriculum.lessons.count)
    #expect(again.allSatisfy { $0.version == 1 && $0.origin == .file })

    let other = LessonFile(SampleLesson.text(id: "a1-other", order: 5))
    let elsewhere = try DeskStage(
      base: Curriculum([ContentFolder.File(name: "lessons/a1-other.yaml", text: other.text)]))
    let taken = try elsewhere.write {
      try $0.take(
        stream, publishes: true, by: DeskStage.author("Sara"), at: elsewhere.now, in: $1)
    }
    #expect(taken.allSatisfy { $0.published == 1 && $0.origin == .person })
    let shelf = elsewhere.desk.shelf.curriculum
    #expect(shelf.lessons.count == curriculum.lessons.count + 1)
    for id in curriculum.lessons.map(\.id) {
      let file = try elsewhere.write { try $0.file(id, in: $1) }
      #expect(file.text == curriculum.texts[id])
      #expect(shelf[id]?.solutions == curriculum[id]?.solutions)
    }
  }

  @Test func `of a stream with a fault nothing is taken`() throws {
    let stage = try DeskStage()
    let stream = LessonFile.stream([
      LessonFile(stage.changed("a1-new", order: 15)),
      LessonFile(stage.changed("a1-bad", order: 16).replacing("answer: true", with: "answer: so")),
    ])
    #expect(throws: LessonDeskFault.self) {
      try stage.write { try $0.take(stream, by: DeskStage.author("S"), at: stage.now, in: $1) }
    }
    #expect(try stage.write { try $0.find("a1-new", in: $1) } == nil)
  }
}

/// YAML as nobody means well writes it.
struct HostileLessonTests {
  private func faults(_ yaml: String) throws -> [ContentFault] {
    let stage = try DeskStage()
    do {
      try stage.save(yaml, from: 1)
    } catch LessonDeskFault.unsound(let faults) { return faults }
    return []
  }

  @Test func `references to references are refused before they are followed`() throws {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...30 {
      let many = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(many)]\n"
    }
    let found = try faults("id: a1-sample\n" + bomb + "? *a30\n: x\n")
    #expect(found.map(\.line) == [3])
    #expect(found.first?.problem.contains("reference") == true)
  }

  @Test(arguments: [
    "id: a1-sample\nlevel: " + String(repeating: "[", count: 30_000),
    "id: a1-sample\nlevel: " + String(repeating: "[", count: 900)
      + String(repeating: "]", count: 900),
    "id: a1-sample\nlevel: " + String(repeating: "{a: ", count: 15_000),
    "id: a1-sample\n\u{0}\u{1}", "id: a1-sample\n\t- : :\n", "id: [a1-sample]\n",
    "id: a1-sample\nid: a1-sample\n",
    "id: ../../etc/passwd\n", "id: a1-sample\nlevel: 7\ntitle: [x]\nwords: {}\nactivities: no\n",
    "id: a1-sample\n<<: {level: A1}\n", "id: a1-sample\n--- \nid: a1-sample\n", "", "\u{FEFF}",
    "id: a1-sample\nlevel: !!binary x\nactivities: !!set {a, b}\n",
  ])
  func `what is no lesson is refused with its faults`(yaml: String) throws {
    #expect(try !faults(yaml).isEmpty)
  }

  @Test func `what is too large is not even read`() throws {
    let stage = try DeskStage()
    let text = SampleLesson.text() + String(repeating: "# filling\n", count: 7_000)
    #expect(throws: LessonDeskFault.tooLarge) { try stage.save(text, from: 1) }
  }

  @Test(arguments: ["", "   ", "a\nb", String(repeating: "n", count: 61), "\u{7}"])
  func `nobody is no author`(name: String) { #expect(Author(name) == nil) }
}
