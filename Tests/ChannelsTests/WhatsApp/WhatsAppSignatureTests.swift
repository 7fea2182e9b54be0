import Channels
import Foundation
import Rehearsal
import Standins
import Testing

struct WhatsAppSignatureTests {
  private static let sharedFolder = Project.shared?.appending(path: "payloads/whatsapp")

  @Test(.enabled(if: sharedFolder != nil, "the recorded payloads are not beside the project"))
  func `recorded signatures are judged as recorded, and one flipped bit fails`() throws {
    let folder = try #require(Self.sharedFolder)
    for name in ["signature_valid_escaped_unicode", "signature_invalid_wrong_secret"] {
      let vector = try JSONValue(
        parsing: Array(Data(contentsOf: folder.appending(path: name + ".json"))))
      let secret = try #require(vector["app_secret"]?.string)
      let header = try #require(vector["x_hub_signature_256"]?.string)
      let body = Array(try #require(vector["raw_body"]?.string).utf8)
      let signature = WhatsAppSignature(appSecret: secret)
      #expect(signature.isValid(header, for: body) == (vector["valid"] == .bool(true)))
      for bit in 0..<body.count * 8 {
        var flipped = body
        flipped[bit / 8] ^= 1 << (bit % 8)
        #expect(!signature.isValid(header, for: flipped))
      }
    }
  }

  @Test(
    arguments: [
      { $0.uppercased() }, { String($0.dropLast()) }, { String($0.dropFirst("sha256=".count)) },
      { $0 + " " }, { _ in "" }, { _ in "sha256=" },
      { $0.replacing("sha256", with: "sha1") },
    ] as [@Sendable (String) -> String])
  func `a header of another form is refused`(_ change: @Sendable (String) -> String) {
    let signature = WhatsAppSignature(appSecret: "secret")
    let header = signature.header(for: [1, 2, 3])
    #expect(signature.isValid(header, for: [1, 2, 3]))
    #expect(!signature.isValid(change(header), for: [1, 2, 3]))
  }

  @Test func `secrets are never shown`() {
    let signature = WhatsAppSignature(appSecret: "app-secret")
    let account = WhatsAppAccount(phoneNumberID: "1", accessToken: "access-token")
    for shown in ["\(signature)", String(reflecting: signature), "\(account)"] {
      #expect(!shown.contains("secret-") && !shown.contains("app-secret"))
      #expect(!shown.contains("access-token"))
    }
    #expect(!String(reflecting: account).contains("access-token"))
  }
}
