import COpenSSL
import Foundation

/// Randomness for secrets, from the operating system through OpenSSL.
package enum SecureRandom {
  /// There is no randomness to be had: nothing secret may be made.
  package struct Unavailable: Error {}

  package static func bytes(_ count: Int) throws(Unavailable) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard let size = Int32(exactly: count), RAND_bytes(&bytes, size) == 1 else {
      throw Unavailable()
    }
    return bytes
  }

  /// A secret of at least so many bits for a URL: letters, digits, `-` and `_`.
  package static func token(bits: Int) throws(Unavailable) -> String {
    Base64URL.text(of: try bytes((bits + 7) / 8))
  }

  /// A secret of at least so many bits in hexadecimal digits.
  package static func hexadecimalToken(bits: Int) throws(Unavailable) -> String {
    Hex.text(of: try bytes((bits + 7) / 8))
  }
}

package enum Base64URL {
  /// Without padding, as in RFC 4648 section 5.
  package static func text(of bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}

package enum Hex {
  private static let digits = Array("0123456789abcdef".utf8)

  package static func text(of bytes: [UInt8]) -> String {
    String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] }, as: UTF8.self)
  }
}
