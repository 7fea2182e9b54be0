/// Cuts a text into tokens whose places are exact UTF-16 offsets.
///
/// Words in Latin letters are for the rules; everything else (other scripts, emoji, addresses,
/// @names, #tags, code, file names) becomes an opaque token that no rule touches. Contractions are
/// cut as the Penn Treebank cuts them.
struct Tokenizer {
  private static let wordUnitsMax = 60
  private static let chunkUnitsMax = 2_000
  private static let abbreviations: Set<String> = [
    "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "jr", "sr", "no", "e.g", "i.e", "a.m",
    "p.m", "approx", "inc", "ltd", "co", "u.s", "u.k", "ph.d",
  ]
  private static let clitics = ["'s", "'m", "'re", "'ve", "'ll", "'d"]

  private let units: [UInt16]
  private var tokens: [Token] = []

  static func tokens(of text: String) -> [Token] {
    var tokenizer = Tokenizer(units: Array(text.utf16))
    tokenizer.run()
    return tokenizer.tokens
  }

  private init(units: [UInt16]) {
    self.units = units
  }

  private mutating func run() {
    var start = 0
    while start < units.count {
      if Self.isSpace(units[start]) {
        start += 1
        continue
      }
      if units[start] == UInt16(ascii: "`"), let end = codeEnd(from: start) {
        append(start..<end, .opaque)
        start = end
        continue
      }
      var end = start
      while end < units.count, !Self.isSpace(units[end]) { end += 1 }
      chunk(start..<end)
      start = end
    }
  }

  private func codeEnd(from start: Int) -> Int? {
    let limit = min(units.count, start + Self.chunkUnitsMax)
    var fence = start
    while fence < limit, units[fence] == UInt16(ascii: "`") { fence += 1 }
    let width = fence - start
    if width == 2 { return nil }
    var run = 0
    var index = fence
    while index < limit {
      run = units[index] == UInt16(ascii: "`") ? run + 1 : 0
      index += 1
      if run == width { return index }
    }
    return nil
  }

  private mutating func chunk(_ range: Range<Int>) {
    var inner = range
    while let first = inner.first, Self.isOpening(units[first]) {
      append(first..<first + 1, .punctuation)
      inner = first + 1..<inner.upperBound
    }
    var trailing = inner.upperBound
    while trailing > inner.lowerBound, Self.isClosing(units[trailing - 1]) { trailing -= 1 }
    let core = inner.lowerBound..<trailing
    if !core.isEmpty, looksLikeAddressOrCode(core) {
      append(core, .opaque)
      split(trailing..<inner.upperBound)
    } else {
      split(inner)
    }
  }

  /// Web and mail addresses, @names, #tags, paths, `snake_case`, `camelCase`, emoticons and
  /// entities.
  private func looksLikeAddressOrCode(_ range: Range<Int>) -> Bool {
    if range.count > Self.chunkUnitsMax { return true }
    let first = units[range.lowerBound]
    if first == UInt16(ascii: "@") || first == UInt16(ascii: "#") { return range.count > 1 }
    var hasLetter = false
    for index in range {
      let unit = units[index]
      let next = index + 1 < range.upperBound ? units[index + 1] : 0
      if Self.isLatin(unit) { hasLetter = true }
      switch unit {
      case UInt16(ascii: "@"), UInt16(ascii: "_"), UInt16(ascii: "\\"), UInt16(ascii: "="),
        UInt16(ascii: "<"), UInt16(ascii: "{"), UInt16(ascii: "}"):
        return true
      case UInt16(ascii: ":") where next == UInt16(ascii: "/") || next == UInt16(ascii: ":"):
        return true
      case UInt16(ascii: "/") where index == range.lowerBound && Self.isLatin(next):
        return true
      case UInt16(ascii: ".") where Self.isLower(next) && index > range.lowerBound:
        if looksLikeHost(range, dot: index) { return true }
      default:
        // A small letter before a capital inside a word is a name of a program or a brand.
        if Self.isLower(unit), Self.isUpper(next), hasLetter { return true }
      }
    }
    return false
  }

  private func looksLikeHost(_ range: Range<Int>, dot: Int) -> Bool {
    var end = dot + 1
    while end < range.upperBound, Self.isLatin(units[end]) { end += 1 }
    let tail = String(decoding: units[dot + 1..<end], as: UTF16.self)
    return [
      "com", "org", "net", "io", "ir", "edu", "gov", "txt", "pdf", "doc", "docx", "html", "js",
      "py", "uk", "de", "info", "tv", "app", "dev", "ai", "swift", "json", "mp", "jpg", "png",
    ].contains(tail)
  }

  private mutating func split(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let unit = units[index]
      if Self.isLatin(unit) {
        index = word(from: index, limit: range.upperBound)
      } else if Self.isDigit(unit) {
        index = number(from: index, limit: range.upperBound)
      } else if Self.isApostrophe(unit), let end = clitic(from: index, limit: range.upperBound) {
        append(index..<end, .word)
        index = end
      } else if unit < 0x80 || (0x2010...0x203A).contains(unit) || unit == 0xAB || unit == 0xBB {
        var end = index + 1
        if unit != UInt16(ascii: "(") && unit != UInt16(ascii: ")") {
          while end < range.upperBound, units[end] == unit { end += 1 }
        }
        append(index..<end, .punctuation)
        index = end
      } else {
        var end = index + 1
        while end < range.upperBound, units[end] >= 0x80, !Self.isLatin(units[end]),
          !(0x2010...0x203A).contains(units[end]) || units[end] == 0x200D
        { end += 1 }
        append(index..<end, .opaque)
        index = end
      }
    }
  }

  /// An apostrophe and what belongs to it, when the word before stands apart: `do n't`, `it 's`.
  private func clitic(from index: Int, limit: Int) -> Int? {
    guard index == 0 || Self.isSpace(units[index - 1]) else { return nil }
    var end = index + 1
    while end < limit, Self.isLatin(units[end]) { end += 1 }
    let text = Token.fold(String(decoding: units[index..<end], as: UTF16.self))
    return Self.clitics.contains(text) ? end : nil
  }

  private mutating func number(from start: Int, limit: Int) -> Int {
    var end = start
    while end < limit {
      let isInner = [UInt16(ascii: "."), UInt16(ascii: ","), UInt16(ascii: ":")].contains(
        units[end])
      guard
        Self.isDigit(units[end])
          || isInner && end + 1 < limit && Self.isDigit(units[end + 1])
      else { break }
      end += 1
    }
    var letters = end
    while letters < limit, Self.isLatin(units[letters]) { letters += 1 }
    append(start..<letters, .number)
    return letters
  }

  private mutating func word(from start: Int, limit: Int) -> Int {
    var end = start
    while end < limit {
      let unit = units[end]
      let next = end + 1 < limit ? units[end + 1] : 0
      if Self.isLatin(unit) || Self.isMark(unit) {
        end += 1
      } else if Self.isApostrophe(unit) || unit == UInt16(ascii: "-"), Self.isLatin(next) {
        end += 2
      } else if unit == UInt16(ascii: "."), isAbbreviated(start..<end, next) {
        end += 1
      } else if Self.isDigit(unit), end - start > 1 {
        end += 1
      } else {
        break
      }
    }
    let hasDigit = units[start..<end].contains(where: Self.isDigit)
    if hasDigit || end - start > Self.wordUnitsMax {
      append(start..<end, .opaque)
    } else {
      contraction(start..<end)
    }
    return end
  }

  private func isAbbreviated(_ word: Range<Int>, _ next: UInt16) -> Bool {
    if word.count > 5 { return false }
    let text = String(decoding: units[word], as: UTF16.self).lowercased()
    if Self.abbreviations.contains(text) && text != "no" && text != "co" { return true }
    let isInitial = word.count == 1 || units[word.upperBound - 2] == UInt16(ascii: ".")
    return isInitial && Self.isLatin(next)
  }

  private mutating func contraction(_ range: Range<Int>) {
    let lower = Token.fold(String(decoding: units[range], as: UTF16.self))
    if lower == "cannot" {
      append(range.lowerBound..<range.lowerBound + 3, .word)
      append(range.lowerBound + 3..<range.upperBound, .word)
      return
    }
    let suffix = (lower.hasSuffix("n't") ? ["n't"] : Self.clitics).first { lower.hasSuffix($0) }
    if let suffix, lower.utf16.count == range.count, lower != "o'clock" {
      let cut = range.upperBound - suffix.utf16.count
      if cut > range.lowerBound { append(range.lowerBound..<cut, .word) }
      append(cut..<range.upperBound, .word)
    } else {
      append(range, .word)
    }
  }

  private mutating func append(_ range: Range<Int>, _ kind: Token.Kind) {
    let text = String(decoding: units[range], as: UTF16.self)
    tokens.append(Token(text, range: range, kind: kind))
  }

  private static func isSpace(_ unit: UInt16) -> Bool {
    unit <= 0x20 || unit == 0xA0 || (0x2000...0x200B).contains(unit) || unit == 0x2028
      || unit == 0x2029 || unit == 0x3000
  }
  private static func isUpper(_ unit: UInt16) -> Bool { (0x41...0x5A).contains(unit) }
  private static func isLower(_ unit: UInt16) -> Bool { (0x61...0x7A).contains(unit) }
  private static func isDigit(_ unit: UInt16) -> Bool { (0x30...0x39).contains(unit) }
  private static func isLatin(_ unit: UInt16) -> Bool {
    isUpper(unit) || isLower(unit)
      || (0xC0...0x24F).contains(unit) && unit != 0xD7 && unit != 0xF7
  }
  private static func isMark(_ unit: UInt16) -> Bool { (0x300...0x36F).contains(unit) }
  private static func isApostrophe(_ unit: UInt16) -> Bool {
    unit == UInt16(ascii: "'") || unit == 0x2019
  }
  private static func isOpening(_ unit: UInt16) -> Bool {
    [UInt16(ascii: "("), UInt16(ascii: "["), UInt16(ascii: "\""), 0x201C, 0xAB, 0x2018].contains(
      unit)
  }
  private static func isClosing(_ unit: UInt16) -> Bool {
    [
      UInt16(ascii: ")"), UInt16(ascii: "]"), UInt16(ascii: "\""), UInt16(ascii: ","),
      UInt16(ascii: "."), UInt16(ascii: "!"), UInt16(ascii: "?"), UInt16(ascii: ";"),
      UInt16(ascii: ":"), 0x201D, 0xBB, 0x2026,
    ].contains(unit)
  }
}

extension UInt16 {
  fileprivate init(ascii: Unicode.Scalar) {
    self = UInt16(ascii.value)
  }
}
