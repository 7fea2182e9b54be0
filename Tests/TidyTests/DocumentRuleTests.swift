import Testing

struct DocumentRuleTests {
  private let rules = DocumentRules(
    paths: ["Package.swift", "Sources", "Sources/Storage", "Sources/Storage/Database.swift"],
    makeTargets: ["run", "test"])

  @Test(arguments: [
    "See `Sources/Storage/`.", "See `Database.swift`.", "See [it](Sources/Storage).",
    "Sent as `application/json` to `/health` and `https://example.org/a`.",
    "Kept in `var/parlance.sqlite`.", "Any `Prompts/*.yml`.", "`Type+Topic`", "A slash / alone.",
    "```\nSources/Missing/\n```", "Run `make run`.", "Then\n\n    make test\n\ndone.",
    "We make sure.",
  ])
  func `a true document passes`(_ text: String) {
    #expect(findings("# Title\n\n" + text).isEmpty)
  }

  @Test(arguments: [
    "See `Sources/Missing/`.", "See `Missing.swift`.", "See [it](Missing.md).",
    "Run `make coffee`.", "```\nmake coffee\n```", "# Another title",
  ])
  func `a document that is wrong is caught`(_ text: String) {
    #expect(findings("# Title\n\n" + text).count == 1)
  }

  @Test func `a document without a title is caught`() {
    #expect(findings("Only text.\n").map(\.line) == [1])
  }

  private func findings(_ text: String) -> [Finding] {
    rules.findings(in: SourceFile(path: "README.md", text: text))
  }
}
