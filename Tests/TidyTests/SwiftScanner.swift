/// Walks over Swift source once and tells code from comments, string literals, regular expressions
/// and the inside of raw identifiers. Code inside an interpolation counts as code.
struct SwiftScanner {
  private static let quote = UInt8(ascii: "\"")
  private static let hash = UInt8(ascii: "#")
  private static let slash = UInt8(ascii: "/")
  private static let star = UInt8(ascii: "*")
  private static let backslash = UInt8(ascii: "\\")
  private static let backtick = UInt8(ascii: "`")
  private static let newline = UInt8(ascii: "\n")
  private static let space = UInt8(ascii: " ")
  /// What may stand before a bare `/…/`: elsewhere a slash divides.
  private static let beforeRegex = Set("(,=:[{!?|&".utf8)

  private let source: [UInt8]
  private var position = 0
  private var lastCode = UInt8(ascii: "(")
  private(set) var code: [UInt8]
  private(set) var comments: [UInt8]

  init(_ text: String) {
    source = Array(text.utf8)
    code = source.map { $0 == Self.newline ? $0 : Self.space }
    comments = code
  }

  mutating func scan() {
    while position < source.count { scanCode(insideInterpolation: false) }
  }

  private mutating func scanCode(insideInterpolation: Bool) {
    var depth = 0
    while let byte = peek() {
      if byte == Self.slash, peek(1) == Self.slash {
        skipLineComment()
      } else if byte == Self.slash, peek(1) == Self.star {
        skipBlockComment()
      } else if byte == Self.quote {
        scanString(hashes: 0)
      } else if byte == Self.hash, let hashes = hashes(before: Self.quote) {
        keep(hashes)
        scanString(hashes: hashes)
      } else if byte == Self.hash, let hashes = hashes(before: Self.slash) {
        skipExtendedRegex(hashes: hashes)
      } else if byte == Self.slash, startsBareRegex() {
        skipBareRegex()
      } else if byte == Self.backtick {
        skipRawIdentifier()
      } else {
        keep(1)
        guard insideInterpolation else { continue }
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") {
          if depth == 0 { return }
          depth -= 1
        }
      }
    }
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    let index = position + ahead
    return index < source.count ? source[index] : nil
  }

  /// Copies code. What is not ASCII becomes one underscore per byte: places stay what they are.
  private mutating func keep(_ count: Int) {
    for _ in 0..<count {
      let byte = source[position]
      code[position] = byte < 128 ? byte : UInt8(ascii: "_")
      if byte != Self.space, byte != Self.newline { lastCode = byte }
      position += 1
    }
  }

  private mutating func skipLineComment() {
    while let byte = peek(), byte != Self.newline {
      comments[position] = byte
      position += 1
    }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    while let byte = peek() {
      let isOpening = byte == Self.slash && peek(1) == Self.star
      let isClosing = byte == Self.star && peek(1) == Self.slash
      for _ in 0..<(isOpening || isClosing ? 2 : 1) {
        comments[position] = source[position]
        position += 1
      }
      if isOpening { depth += 1 }
      if isClosing { depth -= 1 }
      if depth == 0 { return }
    }
  }

  /// The number of `#` from here on, when the given byte follows them.
  private func hashes(before next: UInt8) -> Int? {
    var count = 0
    while peek(count) == Self.hash { count += 1 }
    return peek(count) == next ? count : nil
  }

  private mutating func scanString(hashes: Int) {
    let isMultiline = peek(1) == Self.quote && peek(2) == Self.quote
    let quotes = isMultiline ? 3 : 1
    keep(quotes)
    while let byte = peek() {
      if byte == Self.backslash, follow(1, Self.hash, hashes) {
        position += 1 + hashes
        guard let escaped = peek() else { return }
        if escaped == UInt8(ascii: "(") {
          keep(1)
          scanCode(insideInterpolation: true)
        } else {
          position += 1
        }
      } else if follow(0, Self.quote, quotes), follow(quotes, Self.hash, hashes) {
        keep(quotes + hashes)
        return
      } else if byte == Self.newline, !isMultiline {
        return
      } else {
        position += 1
      }
    }
  }

  /// Whether a byte stands a number of times at some distance from here.
  private func follow(_ ahead: Int, _ byte: UInt8, _ count: Int) -> Bool {
    (0..<count).allSatisfy { peek(ahead + $0) == byte }
  }

  private mutating func skipExtendedRegex(hashes: Int) {
    position += hashes + 1
    while peek() != nil, !(peek() == Self.slash && follow(1, Self.hash, hashes)) { position += 1 }
    position = min(position + 1 + hashes, source.count)
    lastCode = Self.slash
  }

  private func startsBareRegex() -> Bool {
    guard Self.beforeRegex.contains(lastCode), let next = peek(1), next != Self.space else {
      return false
    }
    return endOfBareRegex() != nil
  }

  private func endOfBareRegex() -> Int? {
    var ahead = 1
    while let byte = peek(ahead), byte != Self.newline {
      if byte == Self.slash { return ahead }
      ahead += byte == Self.backslash ? 2 : 1
    }
    return nil
  }

  private mutating func skipBareRegex() {
    position += (endOfBareRegex() ?? 0) + 1
    lastCode = Self.slash
  }

  private mutating func skipRawIdentifier() {
    keep(1)
    while let byte = peek(), byte != Self.backtick, byte != Self.newline { position += 1 }
    if peek() == Self.backtick { keep(1) }
  }
}
