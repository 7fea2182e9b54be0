import Foundation

/// Finds every function, initialiser and subscript with a body and counts its lines, from the
/// declaration to the closing brace.
struct FunctionLength {
  private struct Declaration {
    let name: String
    let line: Int
    let parentheses: Int
  }

  private static let keywords: Set<Substring> = ["func", "init", "deinit", "subscript"]

  let path: String
  let linesMax: Int
  private var braces: [Declaration?] = []
  private var pending: Declaration?
  private var parentheses = 0
  private var previousWord: Substring = ""
  private var findings: [Finding] = []

  init(path: String, linesMax: Int) {
    self.path = path
    self.linesMax = linesMax
  }

  mutating func findings(in text: SwiftText) -> [Finding] {
    for (index, line) in text.codeLines.enumerated() { scan(line, number: index + 1) }
    return findings
  }

  private mutating func scan(_ line: Substring, number: Int) {
    var rest = line
    while let character = rest.first {
      let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      if !word.isEmpty {
        rest = rest.dropFirst(word.count)
        note(word, followedBy: rest.first, line: number)
        continue
      }
      rest = rest.dropFirst()
      note(character, line: number)
    }
  }

  private mutating func note(_ word: Substring, followedBy next: Character?, line: Int) {
    defer { previousWord = word }
    guard Self.keywords.contains(word), previousWord != "." else { return }
    // `init` and `subscript` declare only when parameters follow, `deinit` only before its brace.
    if word == "init" || word == "subscript", next != "(", next != "?", next != "<" { return }
    pending = Declaration(name: String(word), line: line, parentheses: parentheses)
  }

  private mutating func note(_ character: Character, line: Int) {
    switch character {
    case "(", "[":
      parentheses += 1
    case ")", "]":
      parentheses -= 1
    case "{":
      let isBody = pending?.parentheses == parentheses
      braces.append(isBody ? pending : nil)
      if isBody { pending = nil }
    case "}":
      // A requirement without a body ends here; a default argument's closure ends nothing.
      if pending?.parentheses == parentheses { pending = nil }
      guard let declaration = braces.popLast() ?? nil else { break }
      let length = line - declaration.line + 1
      guard length > linesMax else { break }
      let message = "\(declaration.name) of \(length) lines, the limit is \(linesMax): split it"
      findings.append(Finding(path: path, line: declaration.line, message: message))
    case ".":
      previousWord = "."
      return
    default:  // every other character neither opens nor closes anything
      break
    }
    if !character.isWhitespace { previousWord = "" }
  }
}
