/// Reads JSON strictly (RFC 8259) from what a stranger wrote: bounded depth, no name twice in one
/// object, no number that does not fit.
struct JSONReader {
  static let depthMax = 32

  struct Fault: Error, Equatable {
    let reason: String
  }

  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The one value a text consists of.
  static func value(_ bytes: [UInt8]) throws(Fault) -> JSON {
    var reader = JSONReader(bytes[...])
    let value = try reader.value()
    reader.skipSpace()
    guard reader.peek == nil else { throw Fault(reason: "something follows the value") }
    return value
  }

  /// The value that begins here.
  mutating func value(depth: Int = 0) throws(Fault) -> JSON {
    guard depth < Self.depthMax else { throw Fault(reason: "it is nested too deeply") }
    skipSpace()
    switch peek {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw Fault(reason: "it ends too early")
    case _: return try number()
    }
  }

  private mutating func object(_ depth: Int) throws(Fault) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take("}") { return .object([]) }
    while true {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw Fault(reason: "a member has no name") }
      let name = try text()
      guard names.insert(name).inserted else { throw Fault(reason: "a name is there twice") }
      skipSpace()
      guard take(":") else { throw Fault(reason: "a colon is missing") }
      members.append(JSON.Member(name, try value(depth: depth + 1)))
      skipSpace()
      if take("}") { return .object(members) }
      guard take(",") else { throw Fault(reason: "an object does not end") }
    }
  }

  private mutating func array(_ depth: Int) throws(Fault) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if take("]") { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take("]") { return .array(elements) }
      guard take(",") else { throw Fault(reason: "an array does not end") }
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(Fault) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw Fault(reason: "it is no JSON") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(Fault) -> JSON {
    let start = position
    var isWhole = true
    _ = take("-")
    let first = position
    guard takeDigits() > 0 else { throw Fault(reason: "it is no JSON") }
    if bytes[first] == UInt8(ascii: "0"), position > first + 1 {
      throw Fault(reason: "a number begins with 0")
    }
    if take(".") {
      isWhole = false
      guard takeDigits() > 0 else { throw Fault(reason: "a number breaks off") }
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      guard takeDigits() > 0 else { throw Fault(reason: "a number breaks off") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int64(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else {
      throw Fault(reason: "a number is too large")
    }
    return .number(value)
  }

  private mutating func takeDigits() -> Int {
    let start = position
    while let byte = peek, (0x30...0x39).contains(byte) { position += 1 }
    return position - start
  }

  // MARK: Texts

  private mutating func text() throws(Fault) -> String {
    position += 1
    var unescaped: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: unescaped, as: UTF8.self) else {
          throw Fault(reason: "a text is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &unescaped)
      case ..<0x20: throw Fault(reason: "a text holds a control character")
      case _: unescaped.append(byte)
      }
    }
    throw Fault(reason: "a text does not end")
  }

  private mutating func escape(into unescaped: inout [UInt8]) throws(Fault) {
    guard let byte = peek else { throw Fault(reason: "a text does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(byte)
    case UInt8(ascii: "b"): unescaped.append(0x08)
    case UInt8(ascii: "f"): unescaped.append(0x0C)
    case UInt8(ascii: "n"): unescaped.append(0x0A)
    case UInt8(ascii: "r"): unescaped.append(0x0D)
    case UInt8(ascii: "t"): unescaped.append(0x09)
    case UInt8(ascii: "u"): unescaped += Array(String(Character(try scalar())).utf8)
    case _: throw Fault(reason: "a text holds an unknown escape")
    }
  }

  private mutating func scalar() throws(Fault) -> Unicode.Scalar {
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard unit < 0xDC00, take("\\"), take("u") else {
      throw Fault(reason: "half a surrogate pair stands alone")
    }
    let low = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    else { throw Fault(reason: "half a surrogate pair stands alone") }
    return scalar
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw Fault(reason: "an escape breaks off")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  // MARK: Bytes

  var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D {
      position += 1
    }
  }
}
