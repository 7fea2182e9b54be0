import Testing

/// A rule that catches nothing would keep every file tidy: each must show that it bites.
struct RuleSampleTests {
  @Test(arguments: Rule.all)
  func `a rule catches its bad sample`(_ rule: Rule) {
    let file = SourceFile(path: rule.caught.path, text: rule.caught.text)
    #expect(rule.findings(file).count == 1)
  }

  @Test(arguments: Rule.all)
  func `a rule lets its good sample pass`(_ rule: Rule) {
    let file = SourceFile(path: rule.passed.path, text: rule.passed.text)
    #expect(rule.findings(file).isEmpty)
  }

  @Test func `a finding names file and line`() {
    let file = SourceFile(path: "Sources/Learning/A.swift", text: "let a = 1\nlet b = c as! Int\n")
    let findings = ForbiddenCall.table.flatMap { $0.findings(in: file) }
    let path = "Sources/Learning/A.swift"
    #expect(findings.map(\.description) == ["\(path):2: as!: use `as?` with a guard"])
  }

  @Test(arguments: [
    ("Sources/Server/Clock.swift", "let now = Date()", 0),
    ("Sources/Conversation/Clock.swift", "let now = Date()", 1),
    ("Tests/ServerTests/A.swift", "let folder = UUID().uuidString", 0),
    ("Tests/ServerTests/A.swift", "let now = Date()", 1),
    ("Sources/Bench/A.swift", #"print("a")"#, 0),
    ("Sources/Server/A.swift", "default: break", 1),
    ("Sources/Server/A.swift", "switch a { case 1: b; default: c }", 1),
    ("Sources/Server/A.swift", "default:\n  // any other code\n  b", 0),
    ("Sources/Server/A.swift", "default:\n  b  // or c", 1),
    ("Sources/Server/A.swift", "@unknown default: break", 0),
    ("Sources/Server/A.swift", "counts[a, default: 0] += 1", 0),
    ("Sources/Server/A.swift", "let a: String!", 1),
    ("Sources/Server/A.swift", "let a = b[0]!", 1),
    ("Sources/Server/A.swift", "let a = b !== c", 0),
  ])
  func `a forbidden call depends on its place`(path: String, text: String, count: Int) {
    let file = SourceFile(path: path, text: text)
    #expect(ForbiddenCall.table.flatMap { $0.findings(in: file) }.count == count)
  }

  @Test(arguments: [
    ("Sources/Onboarding/A.swift", "import Learning", 1),
    ("Sources/Storage/A.swift", "package import GRDB", 0),
    ("Sources/Server/A.swift", "import struct GRDB.Row", 1),
    ("Sources/Conversation/A.swift", "@preconcurrency import Server", 1),
    ("Sources/Unheard/A.swift", "import Foundation", 1),
    ("Tests/StorageTests/A.swift", "import GRDB", 1),
    ("Sources/Transport/A.swift", "import CCurl\nimport COpenSSL", 0),
  ])
  func `imports follow the floors`(path: String, text: String, count: Int) {
    let file = SourceFile(path: path, text: text)
    #expect(ImportRules.all.flatMap { $0.findings(file) }.count == count)
  }

  @Test func `the median ignores tests`() {
    let files = [1, 3, 50].map { count in
      SourceFile(
        path: "Sources/Learning/A.swift", text: String(repeating: "let a = 1\n", count: count))
    }
    let test = SourceFile(path: "Tests/A.swift", text: String(repeating: "\n", count: 500))
    #expect(LengthRules.medianSourceLines(files + [test, test, test]) == 3)
  }
}
