/// A JSON document: checked as a whole, strictly by RFC 8259, and read piecemeal after that.
///
/// Updates are the hottest path of the program, and most of an update is never looked at. One
/// pass notes where every value begins and ends; text and numbers are made only when asked for.
package final class JSONDocument: Sendable {
  /// Deeper nesting is an attack, not a message.
  package static let depthMax = 64
  package static let bytesMax = 32 << 20

  /// It is not JSON, not UTF-8, too deep or too large.
  package struct Fault: Error, Equatable, Sendable {}

  let bytes: [UInt8]
  let nodes: [JSONNode]

  package init(_ bytes: [UInt8], depthMax: Int = JSONDocument.depthMax) throws(Fault) {
    guard bytes.count <= Self.bytesMax else { throw Fault() }
    var scanner = JSONScanner(bytes, depthMax: depthMax)
    try scanner.scanDocument()
    self.bytes = bytes
    nodes = scanner.nodes
  }

  package var root: JSONElement { JSONElement(document: self, index: 0) }
}

/// Where a value lies in its document. The values inside an array follow it; inside an object,
/// keys and values alternate.
struct JSONNode: Sendable {
  enum Kind: UInt8, Sendable {
    case object
    case array
    case string
    /// A string with escapes: its bytes are not its text.
    case escapedString
    case integer
    /// A number with a fraction or an exponent.
    case real
    case yes
    case no
    case null
  }

  let kind: Kind
  /// Strings lie between their quotes.
  let start: Int32
  var end: Int32
  /// The node after this one and all that is inside it.
  var next: Int32
}
