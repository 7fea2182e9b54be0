/// What a text costs by SMS. GSM 03.38: 160 septets in one message, 153 in each of several; text
/// with a character beyond that alphabet goes as UCS-2, 70 and 67 UTF-16 units.
package struct SMSSegments: Sendable, Equatable {
  package enum Encoding: String, Sendable {
    case gsm7 = "GSM-7"
    case ucs2 = "UCS-2"
  }

  package let encoding: Encoding
  package let count: Int

  package init(_ text: String) {
    if let septets = Self.septets(text) {
      encoding = .gsm7
      count = septets <= 160 ? 1 : (septets + 152) / 153
    } else {
      encoding = .ucs2
      count = Self.ucs2Count(text)
    }
  }

  /// A surrogate pair is not parted: when only half of it fits, it begins the next segment.
  private static func ucs2Count(_ text: String) -> Int {
    guard text.utf16.count > 70 else { return 1 }
    var count = 1
    var used = 0
    for scalar in text.unicodeScalars {
      let width = UTF16.width(scalar)
      if used + width > 67 {
        count += 1
        used = 0
      }
      used += width
    }
    return count
  }

  /// Nil when the alphabet lacks a character. Those of the extension table cost two.
  private static func septets(_ text: String) -> Int? {
    var septets = 0
    for scalar in text.unicodeScalars {
      if basic.contains(scalar) {
        septets += 1
      } else if extended.contains(scalar) {
        septets += 2
      } else {
        return nil
      }
    }
    return septets
  }

  private static let basic = Set(
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
      + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars)
  private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
