/// A telephone number in E.164: a plus sign and 8 to 15 digits.
package struct PhoneNumber: Hashable, Sendable {
  /// As people write it, with spaces and hyphens; more is no number.
  static let textBytesMax = 64
  private static let digitCounts = 8...15
  private static let iran = "98"
  /// Iran's numbers have ten digits after the country code; its short lines are nobody's phone.
  private static let iranDigitCount = 12

  /// `+989123456789`
  package let e164: String

  /// Reads a number with its country (`+44…`), or one of Iran as it is written there: `09…`,
  /// `9…` with ten digits, `0098…`, `98…`, in Latin, Persian or Arabic digits.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.textBytesMax, let plain = Self.plain(text) else { return nil }
    let digits: Substring
    if plain.hasPrefix("+") {
      digits = plain.dropFirst()
    } else if plain.hasPrefix("00" + Self.iran) {
      digits = plain.dropFirst(2)
    } else if plain.hasPrefix("09"), plain.count == 11 {
      digits = Substring(Self.iran + plain.dropFirst())
    } else if plain.hasPrefix("9"), plain.count == 10 {
      digits = Substring(Self.iran + plain)
    } else if plain.hasPrefix(Self.iran), plain.count == Self.iranDigitCount {
      digits = plain[...]
    } else {
      return nil
    }
    guard Self.digitCounts.contains(digits.count), digits.first != "0",
      digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      !digits.hasPrefix(Self.iran) || digits.count == Self.iranDigitCount
    else { return nil }
    e164 = "+" + digits
  }

  package var isIranian: Bool { e164.hasPrefix("+" + Self.iran) }

  /// As it is dialled within Iran; nil for other countries.
  var iranianNational: String? {
    isIranian ? "0" + e164.dropFirst(1 + Self.iran.utf8.count) : nil
  }

  /// Latin digits and a plus sign in front; nil when anything else is in it than what people put
  /// between digits.
  private static func plain(_ text: String) -> String? {
    var plain = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "0"..."9": plain.unicodeScalars.append(scalar)
      case "\u{06F0}"..."\u{06F9}": plain += String(scalar.value - 0x06F0)
      case "\u{0660}"..."\u{0669}": plain += String(scalar.value - 0x0660)
      case "+" where plain.isEmpty: plain += "+"
      case " ", "-", "(", ")", ".", "\u{A0}", "\u{200C}", "\u{200E}", "\u{200F}",
        "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
        continue
      case _: return nil
      }
    }
    return plain
  }
}

/// A number is somebody: it is not shown where a value is printed by accident.
extension PhoneNumber: CustomStringConvertible, CustomReflectable {
  package var description: String { "+…\(e164.suffix(2))" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
