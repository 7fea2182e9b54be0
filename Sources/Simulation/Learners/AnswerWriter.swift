import Conversation
import Learning

/// Finds the words or the button for an answer among what the screen shows.
struct AnswerWriter {
  enum Said {
    case typed(String)
    case chosen(Screen.Option)
  }

  /// As it is written, and as a channel writes it that takes underscores for style.
  private static let gaps = ["___", "ˍˍˍ"]
  private static let letters: [Character] = ["a", "b", "c", "d", "e"]

  let question: Textbook.Question
  let screen: Screen
  let names: School.Names

  /// - Throws: `Violation` when the screen does not show what it takes.
  func right(_ chance: inout Chance) throws -> Said {
    switch question.kind {
    case .meaning(let text): return find(text) ?? .typed(text)
    case .word(let text): return .typed(text)
    case .exercise(.whole(let text)): return find(text) ?? .typed(text)
    case .exercise(.parts(let parts, let separator)):
      return part(of: parts, separator, &chance)
    case .exercise(.pairs(let pairs)): return try pair(of: pairs, &chance)
    }
  }

  func wrong(_ chance: inout Chance) -> Said {
    let right = question.answers.map { Form($0) }
    let others = answers.filter { !right.contains(Form($0.title)) }
    if let option = chance.pick(others), chance.below(8) > 0 { return .chosen(option) }
    return .typed(chance.pick(["I am not sure about it", "banana", "نمی‌دانم چیست"]) ?? "")
  }

  /// A slip of the finger.
  func almost(_ chance: inout Chance) -> Content {
    var letters = Array(question.answers.first ?? "?")
    guard letters.count > 3 else { return .text(String(letters)) }
    let place = 1 + chance.below(letters.count - 2)
    letters.swapAt(place, place + 1)
    return .text(String(letters))
  }

  /// What is to be chosen among, without what leads elsewhere.
  private var answers: [Screen.Option] {
    screen.options.filter { option in
      !(option.token?.hasPrefix("/") ?? false) && !names.controls.contains(Form(option.title))
    }
  }

  private func find(_ title: String) -> Said? {
    let wanted = Form(title)
    return answers.first { Form($0.title) == wanted }.map(Said.chosen)
  }

  private func part(
    of parts: [String], _ separator: String, _ chance: inout Chance
  ) -> Said {
    let whole = Said.typed(parts.joined(separator: separator))
    if separator == " " {
      let left = parts.filter { find($0) != nil }
      guard left.count < parts.count || chance.below(2) == 0 else { return whole }
      return left.first.flatMap(find) ?? whole
    }
    let gapsLeft = Self.gaps.reduce(0) { $0 + screen.question.ranges(of: $1).count }
    guard gapsLeft < parts.count || chance.below(2) == 0 else { return whole }
    let next = parts.dropFirst(max(0, parts.count - gapsLeft)).first ?? ""
    return find(next) ?? .typed(next)
  }

  private func pair(of pairs: [String: String], _ chance: inout Chance) throws -> Said {
    if let whole = table(of: pairs), chance.below(2) == 0 { return .typed(whole) }
    guard let word = asked(among: Array(pairs.keys)), let home = pairs[word] else {
      throw Violation("no word of \(question.id) is asked for:\n\(screen.text)")
    }
    guard let option = find(home) else { return wrong(&chance) }
    return option
  }

  /// `1b 2a 3d 4c`, read off the numbered and the lettered lines; nil where they are not shown.
  private func table(of pairs: [String: String]) -> String? {
    let lines = screen.question.split(separator: "\n").map(String.init)
    let words = lines.compactMap { Self.rest($0, behind: ". ", marks: { Int($0) != nil }) }
      .prefix { pairs[$0] != nil }
    let homes = lines.compactMap {
      Self.rest(
        $0, behind: ") ", marks: { $0.count == 1 && $0.first.map(Self.letters.contains) == true })
    }.map { Form($0) }
    guard words.count == pairs.count else { return nil }
    let places = words.compactMap { word in
      homes.firstIndex(of: Form(pairs[word] ?? "")).map { Self.letters[min($0, 4)] }
    }
    guard places.count == words.count else { return nil }
    return places.enumerated().map { "\($0.offset + 1)\($0.element)" }.joined(separator: " ")
  }

  private static func rest(
    _ line: String, behind sign: String, marks: (Substring) -> Bool
  ) -> String? {
    guard let range = line.firstRange(of: sign), marks(line[..<range.lowerBound]) else {
      return nil
    }
    return String(line[range.upperBound...])
  }

  /// The word that the last paragraph before the choices asks for.
  private func asked(among words: [String]) -> String? {
    let isNumbered = screen.options.contains { $0.number != nil }
    var paragraphs = screen.question.split(separator: "\n\n", omittingEmptySubsequences: true)
    if isNumbered { paragraphs.removeLast() }
    guard let last = paragraphs.last else { return nil }
    let form = Form(last.split(separator: "\n").last ?? last)
    return words.filter { form.contains(Form($0)) }.max { $0.count < $1.count }
  }
}

extension Textbook.Question {
  /// Everything that is right for a part of it.
  var answers: [String] {
    switch kind {
    case .meaning(let text), .word(let text), .exercise(.whole(let text)): [text]
    case .exercise(.parts(let parts, let separator)): [parts.joined(separator: separator)] + parts
    case .exercise(.pairs(let pairs)): pairs.values.sorted()
    }
  }

  /// Whether one message may not be enough.
  var takesSteps: Bool {
    switch kind {
    case .meaning, .word, .exercise(.whole): false
    case .exercise(.parts), .exercise(.pairs): true
    }
  }
}
