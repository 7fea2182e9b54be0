import Channels
import Foundation
import Rehearsal
import Standins
import Testing

@Suite(.enabled(if: Project.shared != nil))
struct TwilioSignatureTests {
  static let forms = [
    "inbound_sms", "inbound_sms_persian_plus_sign", "signature_form_basic",
    "signature_form_duplicate_keys", "signature_form_port_stripped_https", "status_delivered",
  ]

  struct Vector {
    let signature: TwilioSignature
    let url: String
    let body: [UInt8]
    let given: String

    init(_ name: String) throws {
      let payload = try #require(try TestSMS.payload("twilio/\(name).json"))
      signature = TwilioSignature(authToken: try #require(payload["auth_token"]?.string))
      url = try #require(payload["url"]?.string)
      given = try #require(payload["x_twilio_signature"]?.string)
      body = Array((payload["raw_body"]?.string ?? Self.form(payload["fields"])).utf8)
    }

    private static func form(_ fields: JSONValue?) -> String {
      guard case .object(let members)? = fields else { return "" }
      return members.map { "\($0.key)=\(($0.value.string ?? "").replacing("+", with: "%2B"))" }
        .joined(separator: "&")
    }
  }

  @Test(arguments: forms)
  func `the vectors of Twilio's own library are valid`(_ name: String) throws {
    let vector = try Vector(name)
    let form = try FormFields(vector.body)
    #expect(vector.signature.isValid(vector.given, url: vector.url, form: form))
  }

  @Test(arguments: forms)
  func `one flipped bit in what was sent makes it invalid`(_ name: String) throws {
    let vector = try Vector(name)
    for index in vector.body.indices {
      for bit in 0..<8 {
        var body = vector.body
        body[index] ^= 1 << bit
        guard let form = try readable(body), try form != FormFields(vector.body) else { continue }
        #expect(!vector.signature.isValid(vector.given, url: vector.url, form: form))
      }
    }
  }

  @Test(arguments: forms)
  func `one flipped bit in the signature or the address makes it invalid`(
    _ name: String
  ) throws {
    let vector = try Vector(name)
    let form = try FormFields(vector.body)
    for changed in Self.flipped(vector.given) {
      #expect(!vector.signature.isValid(changed, url: vector.url, form: form))
    }
    let port = try #require(URL(string: vector.url)).port.map { ":\($0)" }
    for changed in Self.flipped(vector.url) where port.map(changed.contains) ?? true {
      #expect(!vector.signature.isValid(vector.given, url: changed, form: form))
    }
  }

  @Test func `a body that is no form is signed by its digest`() throws {
    let vector = try Vector("signature_json_body_bodySHA256")
    #expect(vector.signature.isValid(vector.given, url: vector.url, body: vector.body))
    for index in vector.body.indices {
      var body = vector.body
      body[index] ^= 1
      #expect(!vector.signature.isValid(vector.given, url: vector.url, body: body))
    }
    for changed in Self.flipped(vector.url) {
      #expect(!vector.signature.isValid(vector.given, url: changed, body: vector.body))
    }
  }

  @Test(arguments: ["", ":443"])
  func `the scheme's own port may be there or not`(_ port: String) throws {
    let form = try FormFields(Array("Body=hi".utf8))
    let signature = TwilioSignature(authToken: TwilioStandin.authToken)
    let fields = [FormPair(name: "Body", value: "hi")]
    for signed in ["https://a.example/x?y=1", "https://a.example:443/x?y=1"] {
      let given = TwilioStandin.signature(signed, fields)
      #expect(signature.isValid(given, url: "https://a.example\(port)/x?y=1", form: form))
      #expect(!signature.isValid(given, url: "http://a.example\(port)/x?y=1", form: form))
      #expect(!signature.isValid(given, url: "https://a.example\(port)/x?y=%31", form: form))
    }
  }

  @Test func `letters that look alike are different letters`() throws {
    let signature = TwilioSignature(authToken: TwilioStandin.authToken)
    let url = "https://a.example/"
    let given = TwilioStandin.signature(url, [FormPair(name: "Body", value: "é")])
    let composed = try FormFields(Array("Body=%C3%A9".utf8))
    let decomposed = try FormFields(Array("Body=e%CC%81".utf8))
    #expect(signature.isValid(given, url: url, form: composed))
    #expect(!signature.isValid(given, url: url, form: decomposed))
  }

  private func readable(_ body: [UInt8]) throws -> FormFields? {
    do { return try FormFields(body) } catch { return nil }
  }

  private static func flipped(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return bytes.indices.flatMap { index in
      (0..<7).compactMap { bit in
        var changed = bytes
        changed[index] ^= 1 << bit
        return String(validating: changed, as: UTF8.self)
      }
    }
  }
}
