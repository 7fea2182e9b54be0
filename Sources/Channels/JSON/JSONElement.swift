/// One value of a document. Asking for a type it does not have gives nil.
package struct JSONElement: Sendable {
  let document: JSONDocument
  let index: Int

  /// The member of that name, the last one if there are several; nil when it is missing or null.
  package subscript(key: StaticString) -> JSONElement? {
    guard isObject else { return nil }
    var found: Int?
    var member = index + 1
    let end = Int(node.next)
    while member < end {
      if isNamed(member, key) { found = member + 1 }
      member = Int(document.nodes[member + 1].next)
    }
    guard let found, document.nodes[found].kind != .null else { return nil }
    return JSONElement(document: document, index: found)
  }

  package var isObject: Bool { node.kind == .object }
  package var isArray: Bool { node.kind == .array }
  package var isNull: Bool { node.kind == .null }

  package var string: String? {
    switch node.kind {
    case .string: String(decoding: slice, as: UTF8.self)
    case .escapedString: JSONEscape.text(slice)
    case .object, .array, .integer, .real, .yes, .no, .null: nil
    }
  }

  /// A whole number, written as one, that fits.
  package var integer: Int64? {
    guard node.kind == .integer else { return nil }
    let isNegative = slice.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for digit in slice.dropFirst(isNegative ? 1 : 0) {
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let unit = Int64(digit - UInt8(ascii: "0"))
      let (sum, overflowsToo) = shifted.addingReportingOverflow(isNegative ? -unit : unit)
      if overflows || overflowsToo { return nil }
      value = sum
    }
    return value
  }

  package var number: Double? {
    switch node.kind {
    case .integer, .real: Double(String(decoding: slice, as: UTF8.self))
    case .object, .array, .string, .escapedString, .yes, .no, .null: nil
    }
  }

  package var bool: Bool? {
    switch node.kind {
    case .yes: true
    case .no: false
    case .object, .array, .string, .escapedString, .integer, .real, .null: nil
    }
  }

  /// The values of an array; empty for anything else.
  package var items: [JSONElement] {
    guard isArray else { return [] }
    var items: [JSONElement] = []
    var item = index + 1
    while item < Int(node.next) {
      items.append(JSONElement(document: document, index: item))
      item = Int(document.nodes[item].next)
    }
    return items
  }

  /// The members of an object in their order; empty for anything else.
  package var members: [(name: String, value: JSONElement)] {
    guard isObject else { return [] }
    var members: [(name: String, value: JSONElement)] = []
    var member = index + 1
    while member < Int(node.next) {
      let name = JSONElement(document: document, index: member).string ?? ""
      members.append((name, JSONElement(document: document, index: member + 1)))
      member = Int(document.nodes[member + 1].next)
    }
    return members
  }

  /// The bytes of an object or an array as they arrived.
  package var rawBytes: [UInt8] { Array(slice) }

  private var node: JSONNode { document.nodes[index] }

  private var slice: ArraySlice<UInt8> { document.bytes[Int(node.start)..<Int(node.end)] }

  private func isNamed(_ member: Int, _ key: StaticString) -> Bool {
    let name = document.nodes[member]
    if name.kind == .escapedString {
      return JSONElement(document: document, index: member).string == "\(key)"
    }
    let start = Int(name.start)
    guard Int(name.end) - start == key.utf8CodeUnitCount else { return false }
    return key.withUTF8Buffer { expected in
      for offset in expected.indices where document.bytes[start + offset] != expected[offset] {
        return false
      }
      return true
    }
  }
}
