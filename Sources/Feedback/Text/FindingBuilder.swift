/// Turns the changes in drafts into findings that never overlap and lie exactly on the learner's
/// text.
///
/// What was put in or taken out is shown with a neighbour ("engineer" → "an engineer"), so that no
/// finding has an empty side; changes that touch become one finding.
struct FindingBuilder {
  private struct Cell {
    var text: String
    var original: String
    var range: Range<Int>
    var edit: Edit?
    var isWord = true
    var isGlued = false
    var isRemoved = false
    var isFirst = false
    var isLast = false
    var piece: Int?

    var isNew: Bool { range.isEmpty }
    var isClitic: Bool { Self.isClitic(text) }
    /// Written onto the word before it, as in `I'm` and `don't`.
    var wasClitic: Bool { Self.isClitic(original) }

    static func isClitic(_ text: String) -> Bool {
      let lower = Token.fold(text)
      return lower == "n't" || lower.hasPrefix("'") && lower.count > 1
    }
  }

  private let units: [UInt16]
  private let mode: CheckMode
  private var cells: [Cell] = []

  init(units: [UInt16], drafts: [Draft], mode: CheckMode) {
    self.units = units
    self.mode = mode
    for draft in drafts { add(draft) }
  }

  static func corrected(_ units: [UInt16], _ findings: [Finding]) -> String {
    var result: [UInt16] = []
    var place = 0
    for finding in findings {
      result += units[place..<finding.range.lowerBound]
      result += Array(finding.replacement.utf16)
      place = finding.range.upperBound
    }
    result += units[place...]
    return String(decoding: result, as: UTF16.self)
  }

  private mutating func add(_ draft: Draft) {
    let start = cells.count
    for token in draft.tokens {
      token.removed.forEach { add($0) }
      let isChanged = token.isNew || token.text != token.original
      cells.append(
        Cell(
          text: token.text, original: token.original, range: token.range,
          edit: isChanged ? token.edit : nil, isWord: token.kind == .word, isGlued: token.isGlued))
    }
    draft.removedAtEnd.forEach { add($0) }
    if start < cells.count {
      cells[start].isFirst = true
      cells[cells.count - 1].isLast = true
    }
  }

  private mutating func add(_ removed: Token.Removed) {
    cells.append(
      Cell(
        text: "", original: removed.original, range: removed.range, edit: removed.edit,
        isRemoved: true))
  }

  mutating func findings() -> [Finding] {
    var count = 0
    for index in cells.indices where cells[index].edit != nil {
      let before = index > 0 ? cells[index - 1] : nil
      if before?.edit?.number != cells[index].edit?.number || cells[index].isFirst { count += 1 }
      cells[index].piece = count
    }
    anchorAll()
    var findings: [Finding] = []
    var index = 0
    while index < cells.count {
      guard let piece = cells[index].piece else {
        index += 1
        continue
      }
      var end = index
      while end < cells.count, cells[end].piece == piece { end += 1 }
      if let finding = finding(index..<end) { findings.append(finding) }
      index = end
    }
    return findings
  }

  private mutating func anchorAll() {
    var index = 0
    while index < cells.count {
      guard let piece = cells[index].piece else {
        index += 1
        continue
      }
      var end = index
      while end < cells.count, cells[end].piece == piece { end += 1 }
      let part = cells[index..<end]
      let hasPlace = part.contains { !$0.isNew && !$0.isRemoved }
      let hasText = part.contains { !$0.isRemoved }
      let hasRange = part.contains { !$0.isNew }
      if hasPlace || hasText && hasRange {
        index = end
        continue
      }
      let isSign = part.allSatisfy { $0.isGlued }
      let canGoOn = end < cells.count && !cells[end - 1].isLast && !isSign && cells[end].isWord
      if canGoOn || index == 0 && end < cells.count {
        join(end, to: piece)
      } else if index > 0 {
        let before = cells[index - 1].piece
        cells[index - 1].piece = piece
        if let before { rename(before, to: piece, around: index - 1) }
        index = end
      } else {
        index = end
      }
    }
  }

  private mutating func join(_ index: Int, to piece: Int) {
    let other = cells[index].piece
    cells[index].piece = piece
    if let other { rename(other, to: piece, around: index) }
  }

  private mutating func rename(_ old: Int, to new: Int, around index: Int) {
    var place = index - 1
    while place >= 0, cells[place].piece == old {
      cells[place].piece = new
      place -= 1
    }
    place = index + 1
    while place < cells.count, cells[place].piece == old {
      cells[place].piece = new
      place += 1
    }
  }

  private func finding(_ part: Range<Int>) -> Finding? {
    let originals = cells[part].filter { !$0.isNew }
    let edits = cells[part].compactMap(\.edit)
    let ranks = edits.map { $0.rule.severity(in: mode).rank }
    guard let first = originals.first, let last = originals.last,
      let main = zip(edits, ranks).min(by: { $0.1 < $1.1 })?.0
    else { return nil }
    let range = first.range.lowerBound..<last.range.upperBound
    let said = String(decoding: units[range], as: UTF16.self)
    var replacement = text(part)
    let isStuck = first.wasClitic && isInsideWord(first.range) && !replacement.hasPrefix(" ")
    // What takes the place of a clitic stands apart from the word before: "I'm work" → "I work".
    if isStuck, !Cell.isClitic(String(replacement.prefix { $0 != " " })) {
      replacement = " " + replacement
    }
    guard said != replacement else { return nil }
    return Finding(
      rule: main.rule.rawValue, range: range, said: said, replacement: replacement,
      category: main.rule.category, severity: main.rule.severity(in: mode),
      confidence: edits.map(\.confidence).min() ?? main.confidence)
  }

  private func isInsideWord(_ range: Range<Int>) -> Bool {
    range.lowerBound > 0 && units[range.lowerBound - 1] > 0x20
  }

  private func text(_ part: Range<Int>) -> String {
    var result = ""
    var place: Int?
    var isTouched = false
    for cell in cells[part] {
      if cell.isRemoved || cell.isNew { isTouched = true }
      if cell.isRemoved { continue }
      if !result.isEmpty, let place {
        if cell.isNew {
          result += cell.isGlued ? "" : " "
        } else if cell.text != cell.original, cell.isClitic || cell.wasClitic {
          result += cell.isClitic ? "" : " "
        } else if isTouched {
          result += place == cell.range.lowerBound || !cell.isWord ? "" : " "
        } else {
          result += String(decoding: units[place..<cell.range.lowerBound], as: UTF16.self)
        }
      } else if !result.isEmpty {
        result += " "
      }
      result += cell.text
      if !cell.isNew {
        place = cell.range.upperBound
        isTouched = false
      } else if place == nil {
        place = cell.range.lowerBound - 1
      } else if let known = place, known == cell.range.lowerBound {
        place = known - 1
      }
    }
    return result
  }
}

extension Finding.Severity {
  /// Errors first.
  var rank: Int {
    switch self {
    case .error: 0
    case .suggestion: 1
    case .style: 2
    }
  }
}
