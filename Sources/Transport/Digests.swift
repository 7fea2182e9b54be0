import COpenSSL

package enum SHA256 {
  package static let byteCount = 32

  package static func digest(_ bytes: [UInt8]) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: byteCount)
    let isDone = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1
    precondition(isDone, "OpenSSL offers no SHA-256")
    return digest
  }
}

package enum HMAC {
  package static func sha256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    code(of: message, key: key, EVP_sha256(), byteCount: SHA256.byteCount)
  }

  /// Only where a provider signs with it; SHA-1 is not for anything new.
  package static func sha1(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
    code(of: message, key: key, EVP_sha1(), byteCount: 20)
  }

  private static func code(
    of message: [UInt8], key: [UInt8], _ algorithm: OpaquePointer?, byteCount: Int
  ) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: byteCount)
    let result = COpenSSL.HMAC(
      algorithm, key, Int32(key.count), message, message.count, &code, nil)
    precondition(result != nil, "OpenSSL offers no HMAC")
    return code
  }
}
