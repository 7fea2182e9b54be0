import COpenSSL
import Foundation

package enum Secrets {
  /// Whether a secret is the one that is expected, in a time that tells nothing about where they
  /// differ: every byte that was given is looked at.
  package static func equal(_ given: [UInt8], _ expected: [UInt8]) -> Bool {
    let compared = given.indices.map { $0 < expected.count ? expected[$0] : 0 }
    return CRYPTO_memcmp(given, compared, given.count) == 0 && given.count == expected.count
  }

  package static func equal(_ given: String, _ expected: String) -> Bool {
    equal(Array(given.utf8), Array(expected.utf8))
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
