import Foundation
import Transport

/// Whether a request comes from Twilio: `X-Twilio-Signature` over the address it asked for and all
/// that it sent.
package struct TwilioSignature: Sendable {
  package static let bodyDigestField = "bodySHA256"

  private let key: [UInt8]

  package init(authToken: String) { key = Array(authToken.utf8) }

  /// - Parameter url: as Twilio asked for it, the query untouched. It is tried with and without
  ///   its port, as what stands in between may add or drop it.
  package func isValid(_ signature: String, url: String, form: FormFields) -> Bool {
    let fields = Self.joined(form)
    return candidates(url).contains { candidate in
      Secrets.equal(signature, code(of: Array(candidate.utf8) + fields))
    }
  }

  /// The same for a body that is no form: its digest is part of the address.
  package func isValid(_ signature: String, url: String, body: [UInt8]) -> Bool {
    guard let digest = Self.bodyDigest(in: url) else { return false }
    let own = SHA256.digest(body).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    return Secrets.equal(digest.lowercased(), own)
      && candidates(url).contains { Secrets.equal(signature, code(of: Array($0.utf8))) }
  }

  /// What Twilio would sign a request with: to post one once more.
  package func signature(url: String, form: FormFields) -> String {
    code(of: Array(url.utf8) + Self.joined(form))
  }

  private func code(of bytes: [UInt8]) -> String {
    Data(HMAC.sha1(bytes, key: key)).base64EncodedString()
  }

  /// Every name in the order of its bytes, each of its distinct values, sorted, behind it.
  private static func joined(_ form: FormFields) -> [UInt8] {
    // Bytes, not text: to Swift two spellings of one letter are the same.
    let pairs = Set(form.all.map { Pair(name: Array($0.name.utf8), value: Array($0.value.utf8)) })
    return pairs.sorted().flatMap { $0.name + $0.value }
  }

  private struct Pair: Hashable, Comparable {
    let name: [UInt8]
    let value: [UInt8]

    static func < (left: Pair, right: Pair) -> Bool {
      left.name == right.name
        ? left.value.lexicographicallyPrecedes(right.value)
        : left.name.lexicographicallyPrecedes(right.name)
    }
  }

  /// The address without a port, and with the one it has or its scheme's own.
  private func candidates(_ url: String) -> [String] {
    guard let scheme = url.firstRange(of: "://") else { return [url] }
    let rest = url[scheme.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<end]
    // The colons of an IPv6 address stand in brackets.
    let afterHost = authority.lastIndex(of: "]") ?? authority.startIndex
    let colon = authority[afterHost...].lastIndex(of: ":")
    let host = colon.map { authority[..<$0] } ?? authority
    let port = colon.map { authority[$0...] } ?? (url.hasPrefix("https:") ? ":443" : ":80")
    let front = url[..<scheme.upperBound]
    return ["\(front)\(host)\(rest[end...])", "\(front)\(host)\(port)\(rest[end...])"]
  }

  private static func bodyDigest(in url: String) -> Substring? {
    guard let query = url.firstIndex(of: "?") else { return nil }
    let prefix = bodyDigestField + "="
    return url[query...].dropFirst().split(separator: "&").first { $0.hasPrefix(prefix) }?
      .dropFirst(prefix.count)
  }
}
