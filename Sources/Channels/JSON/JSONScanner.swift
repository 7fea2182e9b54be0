/// The one pass over a document's bytes.
struct JSONScanner {
  /// About one value in so many bytes: what an update of a provider holds.
  private static let bytesPerNode = 10

  let bytes: [UInt8]
  var position = 0
  private(set) var nodes: [JSONNode] = []
  private let depthMax: Int

  init(_ bytes: [UInt8], depthMax: Int) {
    self.bytes = bytes
    self.depthMax = depthMax
    nodes.reserveCapacity(bytes.count / Self.bytesPerNode + 4)
  }

  mutating func scanDocument() throws(JSONDocument.Fault) {
    skipWhitespace()
    try scanValue(depth: 0)
    skipWhitespace()
    guard position == bytes.count else { throw JSONDocument.Fault() }
  }

  /// The byte to be read next; past the end a zero, which fits nowhere in JSON.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func scanValue(depth: Int) throws(JSONDocument.Fault) {
    switch current {
    case UInt8(ascii: "{"): try scanObject(depth: depth + 1)
    case UInt8(ascii: "["): try scanArray(depth: depth + 1)
    case UInt8(ascii: "\""): try scanString()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try scanNumber()
    case UInt8(ascii: "t"): try scanLiteral("true", .yes)
    case UInt8(ascii: "f"): try scanLiteral("false", .no)
    case UInt8(ascii: "n"): try scanLiteral("null", .null)
    case _: throw JSONDocument.Fault()
    }
  }

  private mutating func scanObject(depth: Int) throws(JSONDocument.Fault) {
    let index = try open(.object, depth: depth)
    if current == UInt8(ascii: "}") { return close(index) }
    while true {
      guard current == UInt8(ascii: "\"") else { throw JSONDocument.Fault() }
      try scanString()
      skipWhitespace()
      guard current == UInt8(ascii: ":") else { throw JSONDocument.Fault() }
      position += 1
      skipWhitespace()
      try scanValue(depth: depth)
      if try !goesOn(until: UInt8(ascii: "}")) { return close(index) }
    }
  }

  private mutating func scanArray(depth: Int) throws(JSONDocument.Fault) {
    let index = try open(.array, depth: depth)
    if current == UInt8(ascii: "]") { return close(index) }
    while true {
      try scanValue(depth: depth)
      if try !goesOn(until: UInt8(ascii: "]")) { return close(index) }
    }
  }

  private mutating func open(
    _ kind: JSONNode.Kind, depth: Int
  ) throws(JSONDocument.Fault) -> Int {
    guard depth <= depthMax else { throw JSONDocument.Fault() }
    let index = nodes.count
    append(kind, from: position, to: position)
    position += 1
    skipWhitespace()
    return index
  }

  /// After a member: whether a comma announces another one.
  private mutating func goesOn(until closing: UInt8) throws(JSONDocument.Fault) -> Bool {
    skipWhitespace()
    if current == closing { return false }
    guard current == UInt8(ascii: ",") else { throw JSONDocument.Fault() }
    position += 1
    skipWhitespace()
    return true
  }

  private mutating func close(_ index: Int) {
    position += 1
    nodes[index].end = Int32(position)
    nodes[index].next = Int32(nodes.count)
  }

  private mutating func scanLiteral(
    _ literal: StaticString, _ kind: JSONNode.Kind
  ) throws(JSONDocument.Fault) {
    let start = position
    let fits = literal.withUTF8Buffer { expected in
      bytes.count - start >= expected.count
        && expected.indices.allSatisfy { bytes[start + $0] == expected[$0] }
    }
    guard fits else { throw JSONDocument.Fault() }
    position += literal.utf8CodeUnitCount
    append(kind, from: start, to: position)
  }

  mutating func append(_ kind: JSONNode.Kind, from start: Int, to end: Int) {
    nodes.append(
      JSONNode(kind: kind, start: Int32(start), end: Int32(end), next: Int32(nodes.count + 1)))
  }

  private mutating func skipWhitespace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      case _: return
      }
    }
  }
}
