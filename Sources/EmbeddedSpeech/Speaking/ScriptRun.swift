/// A stretch of a text in one script. Digits and signs belong to the stretch before them.
struct ScriptRun: Equatable {
  enum Script: Equatable {
    case latin
    case arabic
  }

  var text: String
  let script: Script

  private static let runsMax = 40

  static func runs(of text: String) -> [ScriptRun] {
    var runs: [ScriptRun] = []
    var before = ""
    for character in text where !isControl(character) {
      guard let script = script(of: character) else {
        if runs.isEmpty {
          before.append(character)
        } else {
          runs[runs.count - 1].text.append(character)
        }
        continue
      }
      if let last = runs.last, last.script == script || runs.count >= runsMax {
        runs[runs.count - 1].text.append(character)
      } else {
        runs.append(ScriptRun(text: before + String(character), script: script))
        before = ""
      }
    }
    if runs.isEmpty, before.contains(where: \.isNumber) {
      runs.append(ScriptRun(text: before, script: .latin))
    }
    return runs
  }

  private static func script(of character: Character) -> Script? {
    guard let scalar = character.unicodeScalars.first else { return nil }
    switch scalar.value {
    // Digits of Arabic script are spoken in its language.
    case 0x0600...0x06FF, 0x0750...0x077F, 0xFB50...0xFDFF, 0xFE70...0xFEFC:
      return character.isLetter || character.isNumber ? .arabic : nil
    default:  // any other script: flite leaves out what it cannot read
      return character.isLetter ? .latin : nil
    }
  }

  private static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { $0.value < 0x20 && $0 != "\n" && $0 != "\t" }
  }
}
