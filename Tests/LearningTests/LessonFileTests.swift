import Learning
import Testing

struct LessonFileTests {
  @Test func `a mark before the text says which version it was`() {
    let file = LessonFile("# version: 7\nid: a1-x\n")
    #expect(file.version == 7)
    #expect(file.text == "id: a1-x\n")
    #expect(file.id == "a1-x")
    #expect(LessonFile(file.yaml) == file)
  }

  @Test(arguments: ["id: a1-x\n", "# a comment\nid: a1-x\n", "# version: many\nid: a1-x\n", ""])
  func `anything else belongs to the text`(yaml: String) {
    let file = LessonFile(yaml)
    #expect(file.version == nil)
    #expect(file.text == yaml)
  }

  @Test func `a name is read however it is written, and only at the beginning of a line`() {
    #expect(LessonFile("level: A1\nid: \"a1-x\" # why\n").id == "a1-x")
    #expect(LessonFile("id: 'a1-y'\r\nlevel: A1\r\n").id == "a1-y")
    #expect(LessonFile("words:\n  id: a1-x\n").id == nil)
  }

  @Test func `a stream is parted where it was joined`() {
    let files = [
      LessonFile(text: "id: a1-x\ntext: |\n  a --- b\n  ---\n", version: 2),
      LessonFile(text: "id: a1-y\n", version: 1), LessonFile("id: a1-z\n"),
    ]
    #expect(LessonFile.files(in: LessonFile.stream(files)) == files)
    #expect(LessonFile.files(in: "---\n---\n\n").isEmpty)
  }
}
