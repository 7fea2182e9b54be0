/// The fields of an `application/x-www-form-urlencoded` body or query, in their order, strictly
/// read: whole percent escapes, UTF-8, bounded.
package struct FormFields: Sendable, Equatable {
  package static let bytesMax = 64 << 10
  /// Twilio sends about thirty.
  package static let fieldsMax = 200

  package struct Fault: Error, Equatable, Sendable {}

  package let all: [Field]

  package struct Field: Sendable, Equatable {
    package let name: String
    package let value: String
  }

  /// - Throws: `Fault` when it is not a form.
  package init(_ bytes: [UInt8]) throws(Fault) {
    guard bytes.count <= Self.bytesMax else { throw Fault() }
    var fields: [Field] = []
    for pair in bytes.split(separator: UInt8(ascii: "&")) {
      guard fields.count < Self.fieldsMax else { throw Fault() }
      let border = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      fields.append(
        Field(
          name: try Self.decoded(pair[..<border]),
          value: try Self.decoded(pair[border...].dropFirst())))
    }
    all = fields
  }

  /// The value of a field; nil when there is none.
  ///
  /// - Throws: `Fault` when the name comes twice with different values: what is meant is unclear.
  package func value(_ name: String) throws(Fault) -> String? {
    try one { Array($0.utf8) == Array(name.utf8) }
  }

  /// The same where a provider's spelling of a name is not certain.
  package func value(inAnyCase name: String) throws(Fault) -> String? {
    try one { $0.lowercased() == name }
  }

  private func one(_ isNamed: (String) -> Bool) throws(Fault) -> String? {
    var found: String?
    for field in all where isNamed(field.name) {
      guard found == nil || found == field.value else { throw Fault() }
      found = field.value
    }
    return found
  }

  private static func decoded(_ bytes: ArraySlice<UInt8>) throws(Fault) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "+"): plain.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(nibble), let low = rest.popFirst().flatMap(nibble)
        else { throw Fault() }
        plain.append(high << 4 | low)
      // A form is printable ASCII; anything else has not been encoded.
      case 0x21...0x7E: plain.append(byte)
      case _: throw Fault()
      }
    }
    guard let text = String(validating: plain, as: UTF8.self) else { throw Fault() }
    return text
  }

  private static func nibble(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    case _: nil
    }
  }
}

/// Writes a form for a provider.
struct FormWriter {
  private(set) var text = ""

  var bytes: [UInt8] { Array(text.utf8) }

  mutating func add(_ name: StaticString, _ value: String) {
    if !text.isEmpty { text += "&" }
    text += "\(name)=" + Self.encoded(value)
  }

  static func encoded(_ value: String) -> String {
    var encoded = ""
    encoded.reserveCapacity(value.utf8.count)
    for byte in value.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      case _:
        encoded +=
          "%" + String(byte >> 4, radix: 16, uppercase: true)
          + String(byte & 15, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}
