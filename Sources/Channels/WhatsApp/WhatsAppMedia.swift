import Foundation
package import Transport

/// Fetches what people sent: first its address, which is good for five minutes, then the bytes.
package struct WhatsAppMedia: Sendable {
  /// More than a phone records in one go. WhatsApp lets documents be 100 MB; we do not.
  package static let bytesMaxDefault = 20 << 20

  package struct File: Sendable, Equatable {
    package let bytes: [UInt8]
    /// Without parameters: `audio/ogg`.
    package let mediaType: String
  }

  package enum Fault: Error, Sendable, Equatable {
    /// WhatsApp keeps a file for a week.
    case gone
    case tooLarge(limitBytes: Int)
    /// A kind of file nobody here reads.
    case unreadableType
    /// The bytes are not of the kind it says.
    case notWhatItSays
    /// The bytes are not those that were sent.
    case damaged
    /// The address leads away from the provider; the access token is not taken there.
    case foreignHost
    case refused(reason: String)
    case unreadableAnswer
    /// Something went wrong on WhatsApp's side: it may be there in a while.
    case failing(status: Int)
    case unreachable(HTTPFailure)
  }

  /// Where Meta keeps files.
  private static let hosts = ["lookaside.fbsbx.com", "facebook.com"]
  private static let addressesMax = 2

  private let client: WhatsAppClient
  private let bytesMax: Int

  package init(client: WhatsAppClient, bytesMax: Int = WhatsAppMedia.bytesMaxDefault) {
    self.client = client
    self.bytesMax = bytesMax
  }

  package func download(_ mediaID: String) async throws(Fault) -> File {
    guard !mediaID.isEmpty, mediaID.utf8.count <= WhatsAppMessage.nameBytesMax,
      mediaID.utf8.allSatisfy(Self.isNameByte)
    else { throw .gone }
    // An address that has gone stale meanwhile is asked for once more.
    for _ in 0..<Self.addressesMax {
      let description = try await describe(mediaID)
      if let bytes = try await bytes(at: description.url) {
        return try checked(bytes, description)
      }
    }
    throw .gone
  }

  private struct Description {
    let url: String
    let mediaType: String
    let digest: String?
  }

  private func describe(_ mediaID: String) async throws(Fault) -> Description {
    let path = "\(mediaID)?phone_number_id=\(client.account.phoneNumberID)"
    let result: JSONElement
    switch await client.get(path) {
    case .accepted(let element): result = element
    case .refused(let refusal) where refusal.meansGone: throw .gone
    case .refused(let refusal) where refusal.mayPass: throw .failing(status: refusal.status)
    case .refused(let refusal): throw .refused(reason: refusal.error.reason)
    case .unreadable(let status): throw status == 404 ? .gone : .unreadableAnswer
    case .unanswered(let failure): throw .unreachable(failure)
    }
    guard let url = result["url"]?.string, let type = result["mime_type"]?.string else {
      throw .unreadableAnswer
    }
    let size = result["file_size"].flatMap { $0.integer ?? $0.string.flatMap(Int64.init) }
    guard size ?? 0 <= bytesMax else { throw .tooLarge(limitBytes: bytesMax) }
    guard isOurs(url) else { throw .foreignHost }
    let mediaType = type.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
    guard MediaSignature.knows(mediaType) else { throw .unreadableType }
    return Description(url: url, mediaType: mediaType, digest: result["sha256"]?.string)
  }

  /// - Returns: nil when the address is no longer good.
  private func bytes(at url: String) async throws(Fault) -> [UInt8]? {
    let response: HTTPResponse
    do {
      response = try await client.download(url, bytesMax: bytesMax)
    } catch {
      if case .responseTooLarge = error { throw .tooLarge(limitBytes: bytesMax) }
      throw .unreachable(error)
    }
    switch response.status {
    case 200: return response.body
    case 404, 410: return nil
    case 408, 429, 500...: throw .failing(status: response.status)
    case _: throw .refused(reason: "status \(response.status)")
    }
  }

  private func checked(
    _ bytes: [UInt8], _ description: Description
  ) throws(Fault) -> File {
    guard MediaSignature.fits(bytes, description.mediaType) else { throw .notWhatItSays }
    if let digest = description.digest, !digest.isEmpty {
      let ours = SHA256.digest(bytes)
      // Hexadecimal here, base 64 in webhooks.
      guard digest.lowercased() == Hex.text(of: ours) || digest == Data(ours).base64EncodedString()
      else { throw .damaged }
    }
    return File(bytes: bytes, mediaType: description.mediaType)
  }

  private func isOurs(_ address: String) -> Bool {
    guard let url = URL(string: address), url.user == nil, let host = url.host()?.lowercased(),
      let base = URL(string: client.baseURL)
    else { return false }
    if url.scheme == base.scheme, host == base.host()?.lowercased(), url.port == base.port {
      return true
    }
    return url.scheme == "https" && url.port ?? 443 == 443
      && Self.hosts.contains { host == $0 || host.hasSuffix("." + $0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}

extension WhatsAppRefusal {
  /// “Unsupported get request”: no such object, or not ours.
  fileprivate var meansGone: Bool { error.code == 100 || error.code == 33 || status == 404 }
  fileprivate var mayPass: Bool { isTransient || status == 429 || status >= 500 }
}
