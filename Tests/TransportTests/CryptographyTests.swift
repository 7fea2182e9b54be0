import Testing
import Transport

struct CryptographyTests {
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func `SHA-256 gives the published digests`(text: String, digest: String) {
    #expect(Hex.text(of: SHA256.digest(Array(text.utf8))) == digest)
  }

  /// RFC 4231, cases 1, 2, 3 and 6.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
      "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    ),
    (
      [UInt8](repeating: 0xAA, count: 131),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    ),
  ])
  func `HMAC with SHA-256 gives the published codes`(
    key: [UInt8], message: [UInt8], code: String
  ) {
    #expect(Hex.text(of: HMAC.sha256(message, key: key)) == code)
  }

  /// RFC 2202, cases 1, 2 and 6.
  @Test(arguments: [
    (
      [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
      "b617318655057264e28bc0b6fb378c8ef146be00"
    ),
    (
      Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
      "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"
    ),
    (
      [UInt8](repeating: 0xAA, count: 80),
      Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      "aa4ae5e15272d00e95705637ce8a3b55ed402112"
    ),
  ])
  func `HMAC with SHA-1 gives the published codes`(key: [UInt8], message: [UInt8], code: String) {
    #expect(Hex.text(of: HMAC.sha1(message, key: key)) == code)
  }

  @Test func `secrets are equal only when every byte is`() {
    #expect(Secrets.equal("s3cret", "s3cret"))
    #expect(Secrets.equal("", ""))
    #expect(!Secrets.equal("s3cret", "s3creT"))
    #expect(!Secrets.equal("s3cret", "s3cret "))
    #expect(!Secrets.equal("s3cret", ""))
    #expect(!Secrets.equal([0], [0, 0]))
    #expect(!Secrets.equal([0, 0], [0]))
    #expect(!Secrets.equal("", "s3cret"))
    #expect(!Secrets.equal("s3crets3cret", "s3cret"))
    // Canonically equivalent text is still different bytes.
    #expect(!Secrets.equal("\u{E9}", "e\u{301}"))
  }

  @Test func `random secrets differ and have the promised size`() throws {
    let bytes = try SecureRandom.bytes(32)
    #expect(bytes.count == 32)
    let tokens = try (1...100).map { _ in try SecureRandom.token(bits: 128) }
    #expect(Set(tokens).count == 100)
    let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    #expect(tokens.allSatisfy { $0.count == 22 && $0.allSatisfy(allowed.contains) })
    let hexadecimal = try SecureRandom.hexadecimalToken(bits: 130)
    #expect(hexadecimal.count == 34)
  }

  @Test func `base64 for addresses has no padding and no slashes`() {
    #expect(Base64URL.text(of: [0xFB, 0xFF, 0xFE]) == "-__-")
    #expect(Base64URL.text(of: Array("f".utf8)) == "Zg")
    #expect(Base64URL.text(of: []) == "")
  }
}
