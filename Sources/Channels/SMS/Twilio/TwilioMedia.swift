package import Conversation
import Foundation
import Transport

/// Fetches what came with a text message through Twilio. The address stands in a post that anybody
/// could have written, had they the token: only what follows the host is taken from it.
package struct TwilioMedia: Sendable {
  /// Where Twilio's interface is, and where it keeps files.
  private static let apiHost = "api.twilio.com"
  private static let fileHosts = ["twilio.com", "twiliocdn.com"]
  private static let redirectsMax = 2
  private static let redirects: Set<Int> = [301, 302, 303, 307, 308]

  private let client: TwilioClient
  private let bytesMax: Int

  package init(client: TwilioClient, bytesMax: Int = IncomingFile.bytesMax) {
    self.client = client
    self.bytesMax = bytesMax
  }

  package func fetch(
    _ attachment: Content.Attachment
  ) async throws(IncomingFileFault) -> [UInt8] {
    var address = try address(of: attachment.fileID)
    for _ in 0...Self.redirectsMax {
      let isOurs = address.hasPrefix(client.baseURL + "/")
      let response: HTTPResponse
      do {
        response = try await client.download(address, isOurs: isOurs, bytesMax: bytesMax)
      } catch {
        throw IncomingFileFault(error)
      }
      guard Self.redirects.contains(response.status) else {
        return try MediaSignature.checked(response, attachment.kind)
      }
      address = try next(response.headers["Location"], after: address)
    }
    throw .refused
  }

  /// `/2010-04-01/Accounts/{ours}/Messages/{message}/Media/{file}` at our own base.
  private func address(of fileID: String) throws(IncomingFileFault) -> String {
    guard let url = URL(string: fileID), url.user == nil, url.query() == nil,
      isAPI(url)
    else { throw .refused }
    let parts = url.path(percentEncoded: true).split(
      separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 8, parts[0].isEmpty, parts[1] == "2010-04-01", parts[2] == "Accounts",
      parts[3] == client.accountSID, parts[4] == "Messages", parts[6] == "Media",
      Self.isSID(parts[5]), Self.isSID(parts[7])
    else { throw .refused }
    return client.baseURL + parts.joined(separator: "/")
  }

  private func isAPI(_ url: URL) -> Bool {
    guard let base = URL(string: client.baseURL) else { return false }
    let isBase = url.scheme == base.scheme && url.host() == base.host() && url.port == base.port
    return isBase || (url.scheme == "https" && url.host() == Self.apiHost && url.port == nil)
  }

  /// Twilio sends on to where it keeps files; nobody else may.
  private func next(
    _ location: String?, after address: String
  ) throws(IncomingFileFault) -> String {
    guard let location, let url = URL(string: location, relativeTo: URL(string: address)),
      let host = url.host()?.lowercased(), url.user == nil
    else { throw .refused }
    if url.absoluteString.hasPrefix(client.baseURL + "/") { return url.absoluteString }
    guard url.scheme == "https", url.port ?? 443 == 443,
      Self.fileHosts.contains(where: { host == $0 || host.hasSuffix("." + $0) })
    else { throw .refused }
    return url.absoluteString
  }

  private static func isSID(_ text: Substring) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
      }
  }
}
