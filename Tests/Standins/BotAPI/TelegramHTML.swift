/// Telegram's small HTML: what a text looks like once its tags are entities.
enum TelegramHTML {
  struct CannotParse: Error {
    let reason: String
  }

  private static let tags: Set<String> = [
    "a", "b", "blockquote", "code", "del", "em", "i", "ins", "pre", "s", "span", "strike",
    "strong", "tg-emoji", "tg-spoiler", "tg-time", "u",
  ]
  private static let named: [String: Character] = ["lt": "<", "gt": ">", "amp": "&", "quot": "\""]
  /// The longest reference there is: `&#x10FFFF;`
  private static let referenceLengthMax = 10

  static func visibleText(of html: String) throws(CannotParse) -> String {
    var visible = ""
    var open: [String] = []
    var rest = Substring(html)
    while let character = rest.popFirst() {
      switch character {
      case "<": try readTag(&rest, &open)
      case "&": visible.append(readReference(&rest))
      default: visible.append(character)  // any other character or tag
      }
    }
    if let unclosed = open.last {
      throw CannotParse(reason: "can't find end tag corresponding to start tag \"\(unclosed)\"")
    }
    return visible
  }

  private static func readTag(
    _ rest: inout Substring, _ open: inout [String]
  ) throws(CannotParse) {
    guard let end = rest.firstIndex(of: ">") else {
      throw CannotParse(reason: "unclosed start tag")
    }
    let content = rest[..<end]
    rest = rest[rest.index(after: end)...]
    if content.hasPrefix("/") {
      let name = content.dropFirst().trimmingPrefix(" ").lowercased()
      guard let last = open.popLast(), last == name || name.isEmpty else {
        throw CannotParse(reason: "unexpected end tag \"\(name)\"")
      }
      return
    }
    let name = content.prefix { !$0.isWhitespace }.lowercased()
    guard tags.contains(name) else {
      throw CannotParse(reason: "unsupported start tag \"\(name)\"")
    }
    try checkAttributes(content.dropFirst(name.count), of: name)
    open.append(name)
  }

  private static func checkAttributes(
    _ attributes: Substring, of name: String
  ) throws(CannotParse) {
    let quotes = attributes.count { $0 == "\"" } + attributes.count { $0 == "'" }
    guard quotes.isMultiple(of: 2) else {
      throw CannotParse(reason: "unclosed attribute value in \"\(name)\"")
    }
    let isAllowed =
      switch name {
      case "span": attributes.contains("tg-spoiler")
      case "tg-emoji": attributes.contains("emoji-id")
      case "tg-time": attributes.contains("unix")
      default: true  // any other character or tag
      }
    guard isAllowed else {
      throw CannotParse(reason: "tag \"\(name)\" lacks its attribute")
    }
  }

  /// A reference Telegram does not know stays as it is written.
  private static func readReference(_ rest: inout Substring) -> Character {
    guard let end = rest.prefix(referenceLengthMax).firstIndex(of: ";") else { return "&" }
    let name = rest[..<end]
    guard let character = named[String(name)] ?? numbered(name) else { return "&" }
    rest = rest[rest.index(after: end)...]
    return character
  }

  private static func numbered(_ name: Substring) -> Character? {
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let code =
      digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
    return code.flatMap(Unicode.Scalar.init).map(Character.init)
  }
}
