import Foundation

/// How long files, functions and lines may be.
enum LengthRules {
  static let sourceLinesMax = 400
  static let testLinesMax = 600
  static let functionLinesMax = 70
  static let columnsMax = 100
  static let medianSourceLinesMax = 100
  private static let programSuffixes = [".swift", ".py", ".js", ".css", ".c", ".h", ".sh"]

  static let all = [fileLength, functionLength, lineLength]

  static let fileLength = Rule(
    description: "files stay short",
    caught: .source(String(repeating: "let a = 1\n", count: sourceLinesMax + 1)),
    passed: .source(String(repeating: "let a = 1\n", count: sourceLinesMax))
  ) { file in
    guard isProgram(file) else { return [] }
    let limit = file.isTest ? testLinesMax : sourceLinesMax
    guard file.lines.count > limit else { return [] }
    return [file.finding(limit + 1, "\(file.lines.count) lines, the limit is \(limit): split it")]
  }

  static let functionLength = Rule(
    description: "functions stay short",
    caught: .source(function(bodyLines: functionLinesMax - 1)),
    passed: .source(function(bodyLines: functionLinesMax - 2))
  ) { file in
    guard let text = file.swift else { return [] }
    var lengths = FunctionLength(path: file.path, linesMax: functionLinesMax)
    return lengths.findings(in: text)
  }

  static let lineLength = Rule(
    description: "lines fit 100 columns",
    caught: .source("// " + String(repeating: "a", count: columnsMax - 2)),
    passed: .source("// " + String(repeating: "ن", count: columnsMax - 3))
  ) { file in
    guard isProgram(file) || file.path.hasPrefix(".ci/") else { return [] }
    return file.lines.enumerated().compactMap { index, line in
      guard line.count > columnsMax else { return nil }
      return file.finding(index + 1, "\(line.count) columns, the limit is \(columnsMax)")
    }
  }

  /// The middle of all source files' lengths.
  static func medianSourceLines(_ files: [SourceFile]) -> Int {
    let lengths =
      files
      .filter { $0.path.hasPrefix("Sources/") && $0.swift != nil }
      .map(\.lines.count)
      .sorted()
    return lengths.isEmpty ? 0 : lengths[lengths.count / 2]
  }

  private static func isProgram(_ file: SourceFile) -> Bool {
    programSuffixes.contains { file.path.hasSuffix($0) }
  }

  private static func function(bodyLines: Int) -> String {
    "func f(a: () -> Void = {}) {\n" + String(repeating: "  a()\n", count: bodyLines) + "}\n"
  }
}
