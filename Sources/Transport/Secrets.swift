import COpenSSL
import Foundation

package enum Secrets {
  /// Whether two secrets are the same, in a time that tells nothing about where they differ, nor,
  /// as digests are compared, about their lengths.
  package static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    CRYPTO_memcmp(SHA256.digest(one), SHA256.digest(other), SHA256.byteCount) == 0
  }

  package static func equal(_ one: String, _ other: String) -> Bool {
    equal(Array(one.utf8), Array(other.utf8))
  }

  /// The password that an address carries, as it is and as it is written there.
  package static func inAddress(_ address: String) -> [String] {
    guard let components = URLComponents(string: address) else { return [] }
    return [components.password, components.percentEncodedPassword].compactMap(\.self)
  }
}

/// Takes secrets out of what is about to be shown.
package struct SecretMask: Sendable {
  private static let mark = "***"

  /// As they are, and as they look inside an address; a longer one may hold a shorter.
  private let forms: [String]

  package init(_ secrets: [String]) {
    let encoded = secrets.compactMap {
      $0.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    }
    forms = Set(secrets + encoded).filter { !$0.isEmpty }
      .sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  package func masked(_ text: String) -> String {
    forms.reduce(text) { $0.contains($1) ? $0.replacing($1, with: Self.mark) : $0 }
  }
}
