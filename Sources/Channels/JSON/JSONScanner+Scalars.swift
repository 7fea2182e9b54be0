extension JSONScanner {
  /// So many digits always stand for a number that has a value.
  private static let finiteDigitsMax = 300

  mutating func scanString() throws(JSONDocument.Fault) {
    position += 1
    let start = position
    var kind = JSONNode.Kind.string
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        append(kind, from: start, to: position)
        position += 1
        return
      case UInt8(ascii: "\\"):
        kind = .escapedString
        position += 1
        try skipEscape()
      case 0x20..<0x80: position += 1
      case 0xC2...0xF4: try skipMultibyte(byte)
      case _: throw JSONDocument.Fault()
      }
    }
    throw JSONDocument.Fault()
  }

  /// The well-formed sequences of the Unicode standard, table 3-7: no overlong forms, no
  /// surrogates, nothing past U+10FFFF.
  private mutating func skipMultibyte(_ lead: UInt8) throws(JSONDocument.Fault) {
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch lead {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      case _: (4, 0x80...0xBF)
      }
    guard bytes.count - position >= length, second.contains(bytes[position + 1]) else {
      throw JSONDocument.Fault()
    }
    for offset in 2..<max(length, 2) where bytes[position + offset] & 0xC0 != 0x80 {
      throw JSONDocument.Fault()
    }
    position += length
  }

  private mutating func skipEscape() throws(JSONDocument.Fault) {
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 1
    case UInt8(ascii: "u"):
      let unit = try skipCodeUnit()
      guard UTF16.isLeadSurrogate(unit) else {
        if UTF16.isTrailSurrogate(unit) { throw JSONDocument.Fault() }
        return
      }
      guard current == UInt8(ascii: "\\") else { throw JSONDocument.Fault() }
      position += 1
      guard current == UInt8(ascii: "u"), UTF16.isTrailSurrogate(try skipCodeUnit()) else {
        throw JSONDocument.Fault()
      }
    case _: throw JSONDocument.Fault()
    }
  }

  /// The `uXXXX` of an escape.
  private mutating func skipCodeUnit() throws(JSONDocument.Fault) -> UInt16 {
    guard bytes.count - position >= 5, let unit = JSONEscape.codeUnit(bytes, at: position + 1)
    else { throw JSONDocument.Fault() }
    position += 5
    return unit
  }

  mutating func scanNumber() throws(JSONDocument.Fault) {
    let start = position
    var kind = JSONNode.Kind.integer
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") { position += 1 } else { try skipDigits() }
    if current == UInt8(ascii: ".") {
      kind = .real
      position += 1
      try skipDigits()
    }
    if current | 0x20 == UInt8(ascii: "e") {
      kind = .real
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try skipDigits()
    }
    if kind == .real || position - start > Self.finiteDigitsMax {
      let number = Double(String(decoding: bytes[start..<position], as: UTF8.self))
      guard number?.isFinite == true else { throw JSONDocument.Fault() }
    }
    append(kind, from: start, to: position)
  }

  private mutating func skipDigits() throws(JSONDocument.Fault) {
    let start = position
    while case UInt8(ascii: "0")...UInt8(ascii: "9") = current { position += 1 }
    guard position > start else { throw JSONDocument.Fault() }
  }
}

/// The text behind escapes that the scanner has found sound.
enum JSONEscape {
  static func text(_ escaped: ArraySlice<UInt8>) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(escaped.count)
    var position = escaped.startIndex
    while position < escaped.endIndex {
      let byte = escaped[position]
      position += 1
      guard byte == UInt8(ascii: "\\"), position < escaped.endIndex else {
        plain.append(byte)
        continue
      }
      let letter = escaped[position]
      position += 1
      guard letter == UInt8(ascii: "u") else {
        plain.append(meaning(of: letter))
        continue
      }
      let scalar = self.scalar(escaped, at: &position)
      plain.append(contentsOf: String(Character(scalar)).utf8)
    }
    return String(decoding: plain, as: UTF8.self)
  }

  static func codeUnit(_ bytes: some RandomAccessCollection<UInt8>, at start: Int) -> UInt16? {
    var unit: UInt16 = 0
    for digit in bytes.dropFirst(start).prefix(4) {
      guard let value = hexadecimal(digit) else { return nil }
      unit = unit << 4 | UInt16(value)
    }
    return unit
  }

  private static func scalar(_ escaped: ArraySlice<UInt8>, at position: inout Int) -> Unicode.Scalar
  {
    let unit = codeUnit(escaped, at: position - escaped.startIndex) ?? 0
    position += 4
    guard UTF16.isLeadSurrogate(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    let low = codeUnit(escaped, at: position + 2 - escaped.startIndex) ?? 0
    position += 6
    let bits = UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF)
    return Unicode.Scalar(0x10000 + bits) ?? "\u{FFFD}"
  }

  private static func meaning(of letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    case _: letter
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case _: nil
    }
  }
}
