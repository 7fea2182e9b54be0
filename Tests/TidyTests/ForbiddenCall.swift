import Foundation

/// A call, attribute or keyword that the house does without, and what to write instead.
struct ForbiddenCall: Sendable {
  /// What makes an occurrence acceptable.
  enum Exemption: Sendable {
    case never
    /// A comment on the line, right above or right below says why.
    case anyComment
    /// Such a comment that holds this word.
    case comment(containing: String)
  }

  let name: String
  /// Searched for in code only: neither comments nor the inside of strings count.
  let pattern: String
  let instead: String
  var exemption = Exemption.never
  /// Folders the rule is for, and those in it where it does not hold.
  var within = ["Sources/", "Tests/", "Package.swift"]
  var allowed: [String] = []
  let caught: String
  let passed: String
  var samplePath = "Sources/Learning/Sample.swift"

  var rule: Rule {
    Rule(
      description: "no \(name)",
      caught: Rule.Sample(path: samplePath, text: caught),
      passed: Rule.Sample(path: samplePath, text: passed),
      findings: findings(in:))
  }

  func findings(in file: SourceFile) -> [Finding] {
    guard let text = file.swift, applies(to: file.path) else { return [] }
    return matches(in: text.code).compactMap { offset in
      let line = text.line(at: offset)
      if isExempt(line, in: text) { return nil }
      return file.finding(line, "\(name): \(instead)")
    }
  }

  private func applies(to path: String) -> Bool {
    within.contains { path.hasPrefix($0) } && !allowed.contains { path.hasPrefix($0) }
  }

  private func isExempt(_ line: Int, in text: SwiftText) -> Bool {
    switch exemption {
    case .never: false
    case .anyComment: !(text.commentBeside(line) + text.commentBelow(line)).isEmpty
    case .comment(let word): text.commentBeside(line).contains(word)
    }
  }

  private func matches(in code: String) -> [Int] {
    do {
      let expression = try NSRegularExpression(pattern: pattern)
      let whole = NSRange(location: 0, length: code.utf16.count)
      return expression.matches(in: code, range: whole).map(\.range.location)
    } catch {
      preconditionFailure("\(pattern) is no regular expression: \(error)")
    }
  }
}
