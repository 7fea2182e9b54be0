import CTLS
import Foundation

/// A certificate authority of a test's own, and the identities it vouches for.
package final class TestAuthority {
  package struct Unavailable: Error {}

  /// What is wrong with an identity.
  package enum Flaw: Sendable, CaseIterable {
    case expired, notYetValid, otherName, selfSigned
  }

  private static let daySeconds = 86_400

  /// The authority's certificate, for clients to trust.
  package let file: String
  private let key: OpaquePointer
  private let certificate: OpaquePointer

  package init() throws(Unavailable) {
    guard let key = tls_make_key(),
      let certificate = tls_make_certificate(
        key, "Test Authority", nil, nil, nil, -Self.daySeconds, Self.daySeconds)
    else { throw Unavailable() }
    let name = "parlance-authority-\(UUID().uuidString).pem"
    file = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    self.key = key
    self.certificate = certificate
    guard tls_write_certificate(certificate, file) == 1 else { throw Unavailable() }
  }

  deinit {
    unlink(file)
    X509_free(certificate)
    EVP_PKEY_free(key)
  }

  /// An identity for 127.0.0.1 and for any name below `.test`.
  package func identity(_ flaw: Flaw? = nil) throws(Unavailable) -> TLSIdentity {
    let names = flaw == .otherName ? "DNS:elsewhere.test" : "IP:127.0.0.1,DNS:*.provider.test"
    let (from, until) =
      switch flaw {
      case .expired: (-2 * Self.daySeconds, -Self.daySeconds)
      case .notYetValid: (Self.daySeconds, 2 * Self.daySeconds)
      case .otherName, .selfSigned, nil: (-Self.daySeconds, Self.daySeconds)
      }
    let isSelfSigned = flaw == .selfSigned
    guard let leafKey = tls_make_key() else { throw Unavailable() }
    defer { EVP_PKEY_free(leafKey) }
    guard
      let leaf = tls_make_certificate(
        leafKey, "Test Server", names, isSelfSigned ? nil : certificate,
        isSelfSigned ? nil : key, from, until)
    else { throw Unavailable() }
    defer { X509_free(leaf) }
    return try TLSIdentity(key: leafKey, certificate: leaf)
  }
}
