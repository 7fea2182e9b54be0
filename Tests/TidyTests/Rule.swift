/// A house rule for one file at a time, with a sample that it must catch and one it must let pass.
struct Rule: Sendable, CustomStringConvertible {
  struct Sample: Sendable {
    let path: String
    let text: String
  }

  let description: String
  let caught: Sample
  let passed: Sample
  let findings: @Sendable (SourceFile) -> [Finding]

  static var all: [Rule] {
    LengthRules.all + ForbiddenCall.table.map(\.rule) + ImportRules.all + TextRules.all
  }
}

extension Rule.Sample {
  static func source(_ text: String) -> Rule.Sample {
    Rule.Sample(path: "Sources/Learning/Sample.swift", text: text)
  }
}
