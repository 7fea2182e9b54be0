/// What may be shown of an answer that is still coming in.
enum GrowingText {
  /// The text so far, up to the last word that is certainly whole.
  static func wholeWords(_ text: some StringProtocol) -> String {
    guard let end = text.lastIndex(where: \.isWhitespace) else { return "" }
    var whole = text[..<end]
    while whole.last?.isWhitespace == true { whole.removeLast() }
    return String(whole)
  }

  /// The first member of an object that is not whole yet, when that is a text.
  static func firstMember(of text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(of: UInt8(ascii: "{")) else { return "" }
    var name = JSONReader(bytes[(start + 1)...])
    do {
      _ = try name.value()
    } catch { return "" }
    name.skipSpace()
    guard name.peek == UInt8(ascii: ":") else { return "" }
    var value = JSONReader(bytes[(name.position + 1)...])
    value.skipSpace()
    guard value.peek == UInt8(ascii: "\"") else { return "" }
    let rest = bytes[value.position...]
    if case .text(let whole)? = Self.value(rest) { return whole + " " }
    // Cut before what is not whole: an escape, a character of several bytes.
    for length in stride(from: rest.count, to: max(0, rest.count - 13), by: -1) {
      let closed = rest.prefix(length) + [UInt8(ascii: "\"")]
      if case .text(let sofar)? = Self.value(closed) { return sofar }
    }
    return ""
  }

  private static func value(_ bytes: ArraySlice<UInt8>) -> JSON? {
    var reader = JSONReader(bytes)
    do { return try reader.value() } catch { return nil }
  }
}
