import COpenSSL

package enum Secrets {
  /// Whether two secrets are the same, in a time that tells nothing about where they differ, nor,
  /// as digests are compared, about their lengths.
  package static func equal(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    CRYPTO_memcmp(SHA256.digest(one), SHA256.digest(other), SHA256.byteCount) == 0
  }

  package static func equal(_ one: String, _ other: String) -> Bool {
    equal(Array(one.utf8), Array(other.utf8))
  }
}
