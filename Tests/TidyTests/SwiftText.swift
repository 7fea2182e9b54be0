import Foundation

/// A Swift file taken apart: the code with every comment and every character of a string literal
/// blanked out, and the comments alone. Both keep the lines and columns of the original, so a
/// pattern found in either is found at its place.
struct SwiftText: Sendable {
  let code: String
  let codeLines: [Substring]
  let commentLines: [Substring]
  private let lineStarts: [Int]

  init(_ text: String) {
    var scanner = SwiftScanner(text)
    scanner.scan()
    code = String(decoding: scanner.code, as: UTF8.self)
    codeLines = code.split(separator: "\n", omittingEmptySubsequences: false)
    commentLines = String(decoding: scanner.comments, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    lineStarts =
      [0] + scanner.code.indices.filter { scanner.code[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
  }

  /// The line, counted from 1, that holds a byte of the code.
  func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The comment on a line, and the run of lines of nothing but comment right above it.
  func commentBeside(_ line: Int) -> String {
    var texts = [comment(on: line)]
    var above = line - 1
    while above >= 1, isBlank(codeLines[above - 1]), !comment(on: above).isEmpty {
      texts.insert(comment(on: above), at: 0)
      above -= 1
    }
    return texts.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The comment on the next line, when nothing else is on it.
  func commentBelow(_ line: Int) -> String {
    guard line < codeLines.count, isBlank(codeLines[line]) else { return "" }
    return comment(on: line + 1)
  }

  private func comment(on line: Int) -> String {
    commentLines[line - 1].trimmingCharacters(in: .whitespaces)
  }

  private func isBlank(_ line: Substring) -> Bool { line.allSatisfy(\.isWhitespace) }
}
