package import Conversation
import Transport

/// Fetches what people sent on Telegram: first where it lies, which is good for an hour, then the
/// bytes.
package struct TelegramDownloads: Sendable {
  private static let namesBytesMax = 512

  private let client: TelegramClient
  private let bytesMax: Int

  package init(client: TelegramClient, bytesMax: Int = IncomingFile.bytesMax) {
    self.client = client
    self.bytesMax = bytesMax
  }

  package func fetch(
    _ attachment: Content.Attachment
  ) async throws(IncomingFileFault) -> [UInt8] {
    guard (1...Self.namesBytesMax).contains(attachment.fileID.utf8.count) else { throw .gone }
    let path = try await path(of: attachment.fileID)
    let response: HTTPResponse
    do {
      response = try await client.download(path, bytesMax: bytesMax)
    } catch {
      throw IncomingFileFault(error)
    }
    return try MediaSignature.checked(response, attachment.kind)
  }

  private func path(of fileID: String) async throws(IncomingFileFault) -> String {
    var parameters = TelegramParameters()
    parameters.add("file_id", json: JSONText.quoted(fileID))
    switch await client.call("getFile", parameters) {
    case .accepted(let file):
      guard file["file_size"]?.integer ?? 0 <= bytesMax else { throw .tooLarge }
      guard let path = file["file_path"]?.string else { throw .gone }
      // A path that leads out of the bot's folder would take the token elsewhere.
      guard Self.isSafe(path) else { throw .refused }
      return path
    case .refused(let refusal):
      if refusal.cause == .fileTooBig { throw .tooLarge }
      if refusal.meansLostFile || refusal.cause == .fileUnavailable { throw .gone }
      throw IncomingFileFault(status: refusal.code)
    case .unreadable: throw .unreachable
    case .unanswered(let failure): throw IncomingFileFault(failure)
    }
  }

  private static func isSafe(_ path: String) -> Bool {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    return (1...namesBytesMax).contains(path.utf8.count)
      && parts.allSatisfy { part in
        !part.isEmpty && part != "." && part != ".."
          && part.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
              || (0x61...0x7A).contains($0) || "-_.".utf8.contains($0)
          }
      }
  }
}
