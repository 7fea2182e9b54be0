import Foundation
import Testing

/// The house rules that a machine can check, checked on every file of the repository.
struct TidyTests {
  private static let tree = Result { try SourceTree.ofThisRepository() }
  private static let shownMax = 50

  @Test(arguments: Rule.all)
  func `the repository keeps the rule`(_ rule: Rule) throws {
    expectNone(try Self.tree.get().files.flatMap(rule.findings))
  }

  @Test func `the tree is really read`() throws {
    let tree = try Self.tree.get()
    #expect(tree.paths.contains("Package.swift"))
    #expect(tree.paths.contains("Tests/TidyTests"))
    #expect(tree.files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
    #expect(!tree.paths.contains { $0.hasPrefix(".build") })
  }

  @Test func `half of the source files are short`() throws {
    let median = LengthRules.medianSourceLines(try Self.tree.get().files)
    #expect(median < LengthRules.medianSourceLinesMax)
  }

  @Test func `documents have one title and name only what exists`() throws {
    let tree = try Self.tree.get()
    let rules = DocumentRules(paths: tree.paths, makeTargets: Self.makeTargets(tree))
    let documents = tree.files.filter(DocumentRules.isDocument)
    #expect(!documents.isEmpty)
    expectNone(documents.flatMap(rules.findings))
  }

  @Test(arguments: [".build/", "Package.resolved", ".venv/", ".env"])
  func `what a machine makes is not under version control`(_ path: String) throws {
    let tree = try Self.tree.get()
    let ignored = try #require(tree.files.first { $0.path == ".gitignore" }).lines
    #expect(ignored.contains(Substring(path)))
    guard let index = try GitIndex(root: tree.root) else { return }
    #expect(index.mentions("Package.swift"))
    #expect(!index.mentions(path), "git rm --cached \(path)")
  }

  static func makeTargets(_ tree: SourceTree) -> Set<String> {
    let makefile = tree.files.first { $0.path == "Makefile" }
    return Set(
      (makefile?.lines ?? []).compactMap { line in
        let name = line.prefix { $0.isLowercase || $0 == "-" }
        return !name.isEmpty && line.dropFirst(name.count).first == ":" ? String(name) : nil
      })
  }

  private func expectNone(
    _ findings: [Finding], sourceLocation place: SourceLocation = #_sourceLocation
  ) {
    let shown = findings.prefix(Self.shownMax).map(\.description).joined(separator: "\n")
    #expect(findings.isEmpty, "\(findings.count) findings:\n\(shown)", sourceLocation: place)
  }
}
