import Transport

/// Tells whether a post comes from Meta: `X-Hub-Signature-256` holds the keyed digest of its bytes.
package struct WhatsAppSignature: Sendable, CustomStringConvertible, CustomReflectable {
  private static let prefix = "sha256="

  private let appSecret: [UInt8]

  package init(appSecret: String) { self.appSecret = Array(appSecret.utf8) }

  /// - Parameter body: the bytes as they came; any other spelling of the same JSON has another
  ///   signature.
  package func isValid(_ header: String, for body: [UInt8]) -> Bool {
    Secrets.equal(header, self.header(for: body))
  }

  /// What Meta would send with this body.
  package func header(for body: [UInt8]) -> String {
    Self.prefix + Hex.text(of: HMAC.sha256(body, key: appSecret))
  }

  package var description: String { "(secret)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
