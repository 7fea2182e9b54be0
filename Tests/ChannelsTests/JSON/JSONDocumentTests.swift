import Channels
import Testing

struct JSONDocumentTests {
  @Test(arguments: [
    "", " ", "{", "[", "\"", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[,1]", "{,}", "nul",
    "nulll", "tru", "True", "01", "-", "-01", "1.", ".5", "1e", "1e+", "+1", "0x10", "NaN",
    "1e309", "-1e999", String(repeating: "9", count: 400),
    "Infinity", "1 2", "{} {}", "[1}", "{\"a\":1]", "'a'", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
    "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\u{1}\"", "\"a\nb\"", "{1:2}",
    "/* */ 1", "\u{FEFF}1", "[1 2]", "{\"a\" 1}", "\u{0}", "1\u{0}",
  ])
  func `what is not JSON is refused`(_ text: String) {
    #expect(throws: JSONDocument.Fault.self) { try JSONDocument(Array(text.utf8)) }
  }

  @Test(
    arguments: [
      [0x22, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xC1, 0xBF, 0x22],
      [0x22, 0xE0, 0x80, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF0, 0x80, 0x80, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
      [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0xD8], [0x22, 0xD8, 0x22], [0x22, 0xF0, 0x9F],
      [0x22, 0xE2, 0x82, 0x22], [0xFF, 0xFE, 0x31, 0x00],
    ] as [[UInt8]])
  func `what is not UTF-8 is refused`(_ bytes: [UInt8]) {
    #expect(throws: JSONDocument.Fault.self) { try JSONDocument(bytes) }
  }

  @Test func `escapes, surrogate pairs and Persian become text`() throws {
    let root = try root(#"["\"\\\/\b\f\n\r\t", "\u0633\u0644\u0627\u0645", "😀 \ud83d\ude00"]"#)
    #expect(
      root.items.map(\.string) == [
        "\"\\/\u{8}\u{C}\n\r\t", "سلام", "😀 😀",
      ])
  }

  @Test func `of members with one name the last one counts`() throws {
    let root = try root(#"{"a":1,"b":{"a":5},"\u0061":2,"c":null}"#)
    #expect(root["a"]?.integer == 2)
    #expect(root["b"]?["a"]?.integer == 5)
    #expect(root["c"] == nil)
    #expect(root["d"] == nil)
  }

  @Test func `whole numbers are exact up to 64 bits and nothing beyond`() throws {
    let root = try root(
      "[9223372036854775807,-9223372036854775808,9223372036854775808,1.0,1e3,-0]")
    #expect(root.items.map(\.integer) == [.max, .min, nil, nil, nil, 0])
    #expect(root.items.map(\.number).suffix(3) == [1, 1_000, 0])
  }

  @Test func `a value of another type is nil, not a guess`() throws {
    let root = try root(#"{"text":"5","number":5,"yes":true,"list":[],"object":{}}"#)
    #expect(root["text"]?.integer == nil)
    #expect(root["number"]?.string == nil)
    #expect(root["yes"]?.integer == nil)
    #expect(root["number"]?.bool == nil)
    #expect(root["list"]?["a"] == nil)
    #expect(root["object"]?.items.isEmpty == true)
  }

  @Test func `nesting is allowed to a depth and no further`() throws {
    let depth = JSONDocument.depthMax
    _ = try root(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
    let deeper = String(repeating: "[{\"a\":", count: 500_000)
    #expect(throws: JSONDocument.Fault.self) { try JSONDocument(Array(deeper.utf8)) }
  }

  @Test func `the bytes of a part are those that arrived`() throws {
    let root = try root("{\"list\":[ {\"a\" : \"\\u0061\"} , [1, 2]]}")
    let parts = root["list"]?.items.map { String(decoding: $0.rawBytes, as: UTF8.self) }
    #expect(parts == ["{\"a\" : \"\\u0061\"}", "[1, 2]"])
  }

  private func root(_ text: String) throws -> JSONElement {
    try JSONDocument(Array(text.utf8)).root
  }
}
