import Channels
import Testing

struct FormFieldsTests {
  private func read(_ text: String) throws -> [[String]] {
    try FormFields(Array(text.utf8)).all.map { [$0.name, $0.value] }
  }

  @Test func `plus is a space, an escaped plus is a plus, an empty value is kept`() throws {
    #expect(
      try read("Body=%D8%B3%D9%84%D8%A7%D9%85+1%2B1&Empty=&Bare&x=a=b")
        == [["Body", "سلام 1+1"], ["Empty", ""], ["Bare", ""], ["x", "a=b"]])
    #expect(try read("").isEmpty)
    #expect(try read("&&a=1&").count == 1)
  }

  @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%ff", "a=%C3%28", "%=1", "a=\u{1}", "a=ü", "a=b c"])
  func `what is not well encoded is refused`(_ text: String) {
    #expect(throws: FormFields.Fault.self) { try read(text) }
  }

  @Test func `the number of fields and of bytes is bounded`() throws {
    let many = (0..<FormFields.fieldsMax).map { "f\($0)=1" }.joined(separator: "&")
    #expect(try read(many).count == FormFields.fieldsMax)
    #expect(throws: FormFields.Fault.self) { try read(many + "&one=more") }
    let long = "a=" + String(repeating: "x", count: FormFields.bytesMax)
    #expect(throws: FormFields.Fault.self) { try read(long) }
  }

  @Test func `a field that comes twice with two values has none`() throws {
    let form = try FormFields(Array("a=1&a=1&b=1&b=2&MessageId=7".utf8))
    #expect(try form.value("a") == "1")
    #expect(throws: FormFields.Fault.self) { try form.value("b") }
    #expect(try form.value("messageid") == nil)
    #expect(try form.value(inAnyCase: "messageid") == "7")
  }
}
