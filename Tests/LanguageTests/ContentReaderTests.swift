import Language
import Testing

struct ContentReaderTests {
  private func problems(_ value: String) throws -> [String] {
    var reader = ContentReader(file: "words.yaml")
    let root = try reader.root("other: 1\nword: \(value)")
    _ = reader.text("word", in: root, lengthMax: 40)
    return reader.faults.map(\.description)
  }

  @Test(arguments: [
    "yes", "False", "NO", "off", "~", "null", "12", "-3", "0x1F", "1.5", ".inf", "2026-01-02",
  ])
  func `a text that YAML takes for something else needs quotes`(_ value: String) throws {
    #expect(
      try problems(value) == ["words.yaml:2: `word` is not a text; put it in double quotes"])
    #expect(try problems("\"\(value)\"").isEmpty)
  }

  @Test(arguments: [
    "yesterday", "no one", "Nile", "offer", "x", "سلام", "nullify", "true north", "3 cats", "'5'",
  ])
  func `words are a text without quotes`(_ value: String) throws {
    #expect(try problems(value).isEmpty)
  }

  @Test func `the faults of many files are told in the order of the files`() {
    let files = (10..<40).map { ContentFolder.File(name: "\($0).yaml", text: "id: [") }
    let (values, faults) = ContentFolder.read(files) { file throws(ContentFaults) -> String in
      throw ContentFaults([ContentFault(file: file.name, line: 1, problem: "is broken")])
    }
    #expect(values.isEmpty)
    #expect(faults.map(\.file) == files.map(\.name))
  }

  @Test func `the values of many files keep the order of the files`() {
    let files = (0..<200).map { ContentFolder.File(name: "\($0).yaml", text: "") }
    let (values, faults) = ContentFolder.read(files) { file throws(ContentFaults) in file.name }
    #expect(values == files.map(\.name))
    #expect(faults.isEmpty)
  }
}
