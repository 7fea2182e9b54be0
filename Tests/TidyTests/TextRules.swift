import Foundation

/// What no text of the repository may hold, whatever its kind.
enum TextRules {
  static let all = [leftovers, machinePaths]

  // Put together from pieces, or this file would find itself.
  private static let markers = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"]
  private static let filler = "lorem " + "ipsum"
  private static let foreignPaths = ["/wo" + "rk/", "/ro" + "ot/", "/opt/" + "swift"]

  private static let leftovers = Rule(
    description: "nothing is left for later",
    caught: .source("// \(markers[0]): tidy up"),
    passed: .source("let \(markers[0].lowercased()) = []\nlet MAX\(markers[2]) = 1")
  ) { file in
    eachLine(of: file) { line in
      if line.lowercased().contains(filler) { return "placeholder text" }
      return markers.first { containsWord($0, in: line) }.map { "leftover marker \($0)" }
    }
  }

  private static let machinePaths = Rule(
    description: "no path of somebody's machine",
    caught: Rule.Sample(path: "README.md", text: "Open \(foreignPaths[0])main."),
    passed: Rule.Sample(path: "README.md", text: "Open `homework/main`.")
  ) { file in
    eachLine(of: file) { line in
      foreignPaths.first { line.contains($0) }.map { "path of one machine: \($0)" }
    }
  }

  private static func eachLine(of file: SourceFile, _ fault: (Substring) -> String?) -> [Finding] {
    file.lines.enumerated().compactMap { index, line in
      fault(line).map { file.finding(index + 1, $0) }
    }
  }

  private static func containsWord(_ word: String, in line: Substring) -> Bool {
    var rest = line
    while let range = rest.range(of: word) {
      let before = rest[..<range.lowerBound].last
      let after = rest[range.upperBound...].first
      if !isWordCharacter(before), !isWordCharacter(after) { return true }
      rest = rest[range.upperBound...]
    }
    return false
  }

  private static func isWordCharacter(_ character: Character?) -> Bool {
    guard let character else { return false }
    return character.isLetter || character.isNumber || character == "_"
  }
}
