import Conversation
import Storage
import Synchronization
import Transport

/// The files that lie with WhatsApp already, by their content: a file that goes to many people is
/// uploaded once.
final class WhatsAppUploads: Sendable {
  static let filesMax = 512
  /// WhatsApp forgets a file after 30 days.
  static let lifeMs: Int64 = 29 * 86_400_000

  struct File: Sendable, Equatable {
    let id: String
    /// Whether it was there already.
    let isKept: Bool
  }

  private struct Kept {
    let id: String
    let uploadedAt: Timestamp
  }

  private let client: WhatsAppClient
  private let time: TimeSource
  private let kept = Mutex<[String: Kept]>([:])

  init(client: WhatsAppClient, time: TimeSource) {
    self.client = client
    self.time = time
  }

  enum Outcome: Sendable {
    case ready(File)
    case failed(WhatsAppAnswer)
  }

  func file(for media: OutgoingMedia) async -> Outcome {
    let key = Self.key(media)
    let now = time.now()
    let found = kept.withLock { files in
      files[key].flatMap { file in
        file.uploadedAt.adding(milliseconds: Self.lifeMs) > now ? file.id : nil
      }
    }
    if let found { return .ready(File(id: found, isKept: true)) }
    let answer = await client.upload(media)
    guard case .accepted(let result) = answer else { return .failed(answer) }
    guard let id = result["id"]?.string else { return .failed(.unreadable(status: 500)) }
    kept.withLock { files in
      if files.count >= Self.filesMax, let oldest = files.min(by: Self.isOlder) {
        files[oldest.key] = nil
      }
      files[key] = Kept(id: id, uploadedAt: now)
    }
    return .ready(File(id: id, isKept: false))
  }

  /// WhatsApp no longer has it.
  func forget(_ media: OutgoingMedia) {
    let key = Self.key(media)
    kept.withLock { $0[key] = nil }
  }

  private static func isOlder(
    _ one: (key: String, value: Kept), _ other: (key: String, value: Kept)
  ) -> Bool {
    one.value.uploadedAt < other.value.uploadedAt
  }

  private static func key(_ media: OutgoingMedia) -> String {
    "\(media.mediaType) \(Hex.text(of: SHA256.digest(media.bytes)))"
  }
}
