import Testing

struct ScannerTests {
  @Test(arguments: [
    (#"let a = "try! b""#, #"let a = "      ""#),
    (#"say("a \(b as! C) d")"#, #"say("   (b as! C)  ")"#),
    (#"say("a \(f("x)")) d")"#, #"say("   (f("  "))  ")"#),
    (##"let a = #"\(x) " y"#"##, ##"let a = #"        "#"##),
    (##"let a = #"\#(x)"#"##, ##"let a = #"  (x)"#"##),
    ("let a = 1  // try!", "let a = 1         "),
    ("a /* x /* y */ z */ b", "a                   b"),
    ("func `a try! b`() {}", "func `        `() {}"),
    ("let a = /try!\\/x/", "let a =          "),
    ("let a = b / c / d", "let a = b / c / d"),
    (#"let a = "", b = 1"#, #"let a = "", b = 1"#),
    (#"let a = "\"try!\"" + b"#, #"let a = "        " + b"#),
    ("let é = 1", "let __ = 1"),
  ])
  func `code is told from what only looks like it`(text: String, code: String) {
    #expect(SwiftText(text).code == code)
  }

  @Test func `a string over several lines is blanked and keeps its lines`() {
    let text = SwiftText("let a = \"\"\"\n  try! \"x\" { \\(b)\n  \"\"\"\nlet c = 1")
    #expect(text.codeLines.count == 4)
    #expect(text.codeLines[1].filter { !$0.isWhitespace } == "(b)")
    #expect(text.codeLines[3] == "let c = 1")
  }

  @Test func `the comment beside a line is its own and those right above`() {
    let text = SwiftText("// far\n\n// near\n// nearer\nlet a = 1  // here\nlet b = 2")
    #expect(text.commentBeside(5) == "// near\n// nearer\n// here")
    #expect(text.commentBeside(6) == "")
  }

  @Test(arguments: [
    ("func a() {\n\n\n}", 1), ("init(a: Int) {\n\n\n}", 1), ("deinit {\n\n\n}", 1),
    ("subscript(a: Int) -> Int {\n\n\n}", 1), ("func `a {`(\n  b: () -> Void = {}\n)\n{\n}", 1),
    ("func a() { b(\n\n\n) }", 1), ("protocol A {\n  func a()\n}\nstruct B {\n\n\n}", 0),
    ("struct A {\n\n\n}", 0), ("let a = A.init(\n\n\n)", 0), ("func a() {\n  // }\n}", 0),
    ("func a() { let b = \"}\"\n\n\n}", 1), ("func a() -> [Int] {\n  [1]\n}", 0),
    ("class A {\n  func a() {\n    func b() {\n    }\n  }\n}", 1),
  ])
  func `functions are measured from name to closing brace`(text: String, count: Int) {
    var lengths = FunctionLength(path: "A.swift", linesMax: 3)
    #expect(lengths.findings(in: SwiftText(text)).count == count)
  }
}
