/// A stretch of a line that runs from left to right, with the signs that belong to it: the slash of
/// a command, the plus of a number, the question mark of an English question.
struct LatinRun {
  private static let leadingSigns: Set<Unicode.Scalar> = ["/", "+", "#", "@", "$", "€", "£"]
  private static let trailingSigns: Set<Unicode.Scalar> = ["%", "+", "#", "/", "?"]
  private static let sentenceSigns: Set<Unicode.Scalar> = [".", "!", "…"]
  private static let brackets: [(open: Unicode.Scalar, close: Unicode.Scalar)] = [
    ("(", ")"), ("[", "]"), ("“", "”"),
  ]

  let line: ArraySlice<Unicode.Scalar>
  private(set) var start: Int
  private(set) var end: Int

  private var scalars: ArraySlice<Unicode.Scalar> { line[start..<end] }

  static func runs(in line: ArraySlice<Unicode.Scalar>) -> [LatinRun] {
    var runs: [LatinRun] = []
    // The number of a choice belongs to the line.
    var index = line.startIndex + itemNumberLength(line)
    while index < line.endIndex {
      guard Script.isLeftToRight(line[index]) else {
        index += 1
        continue
      }
      var end = index + 1
      var next = end
      while next < line.endIndex, !Script.endsRun(line[next]) {
        next += 1
        if Script.isLeftToRight(line[next - 1]) { end = next }
      }
      var run = LatinRun(line: line, start: index, end: end)
      run.takeInSigns()
      runs.append(run)
      index = max(run.end, index + 1)
    }
    return runs
  }

  private static func itemNumberLength(_ line: ArraySlice<Unicode.Scalar>) -> Int {
    let digits = line.prefix { ("0"..."9").contains($0) }
    let sign = line.dropFirst(digits.count).prefix(2)
    return !digits.isEmpty && sign.elementsEqual([".", " "]) ? digits.count + 2 : 0
  }

  /// Numbers alone keep their order, and a mark beside an address would be taken for a part of it.
  var mayBeMarked: Bool {
    guard hasLetter || scalars.first == "+" else { return false }
    let lastWord = String(
      String.UnicodeScalarView(scalars.split(separator: " ").last ?? []))
    return !lastWord.contains("://") && !lastWord.hasPrefix("www.") && !lastWord.contains("@")
  }

  private var hasLetter: Bool { scalars.contains { $0.properties.isAlphabetic } }

  var beginsWithSign: Bool { scalars.first.map { !Script.isLeftToRight($0) } ?? false }
  var endsWithSign: Bool { scalars.last.map { !Script.isLeftToRight($0) } ?? false }

  private mutating func takeInSigns() {
    while start > line.startIndex, Self.leadingSigns.contains(line[start - 1]),
      start - 1 == line.startIndex || !Script.endsRun(line[start - 2])
    {
      start -= 1
    }
    let isSentence = scalars.contains(" ") && hasLetter
    while end < line.endIndex {
      let sign = line[end]
      let belongs =
        Self.trailingSigns.contains(sign) || (isSentence && Self.sentenceSigns.contains(sign))
        || closes(sign)
      guard belongs else { break }
      end += 1
    }
    if start > line.startIndex, opens(line[start - 1]) { start -= 1 }
  }

  private func closes(_ sign: Unicode.Scalar) -> Bool {
    guard let pair = Self.brackets.first(where: { $0.close == sign }) else { return false }
    return scalars.count { $0 == pair.open } > scalars.count { $0 == pair.close }
  }

  private func opens(_ sign: Unicode.Scalar) -> Bool {
    guard let pair = Self.brackets.first(where: { $0.open == sign }) else { return false }
    return scalars.count { $0 == pair.close } > scalars.count { $0 == pair.open }
  }
}

/// What the layout of a line depends on.
enum Script {
  static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x05BE...0x05F4, 0x0608, 0x061B...0x064A, 0x066D...0x066F, 0x0671...0x06D5,
      0x06EE...0x06EF, 0x06FA...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC:
      true
    case _: false
    }
  }

  /// A Latin letter, an ASCII digit, or the line that stands for a missing word.
  static func isLeftToRight(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar == "_" || scalar.properties.isAlphabetic || isDigit(scalar) }
    return scalar.properties.isAlphabetic && !isRightToLeft(scalar)
      && !(0x0600...0x06FF).contains(scalar.value)
  }

  /// A letter or a sign of the other script, which no run reaches across.
  static func endsRun(_ scalar: Unicode.Scalar) -> Bool {
    isRightToLeft(scalar) || (0x0600...0x06FF).contains(scalar.value)
      || scalar == "«" || scalar == "»"
  }

  /// Somebody has set the direction by hand.
  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case _: false
    }
  }

  /// Whether it holds both scripts and begins with the Latin one, which many clients then take for
  /// the direction of the whole line.
  static func beginsLeftToRight(_ line: ArraySlice<Unicode.Scalar>) -> Bool {
    var begins = false
    for scalar in line {
      if isRightToLeft(scalar) { return begins }
      if scalar.properties.isAlphabetic { begins = true }
    }
    return false
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }
}
