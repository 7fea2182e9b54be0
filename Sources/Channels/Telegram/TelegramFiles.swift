import Conversation
import Storage
import Synchronization
import Transport

/// What Telegram calls the files it has already, by their content: a file that goes to many people
/// is uploaded once.
final class TelegramFiles: Sendable {
  static let filesMax = 512
  /// An id has no end that the API tells of; ours is soon enough to notice when one stops working.
  static let lifeMs: Int64 = 30 * 86_400_000

  private struct Kept {
    let id: String
    let keptAt: Timestamp
  }

  private let time: TimeSource
  private let kept = Mutex<[String: Kept]>([:])

  init(time: TimeSource) { self.time = time }

  func id(of key: String) -> String? {
    let now = time.now()
    return kept.withLock { files in
      files[key].flatMap { $0.keptAt.adding(milliseconds: Self.lifeMs) > now ? $0.id : nil }
    }
  }

  func keep(_ id: String, of key: String) {
    let now = time.now()
    kept.withLock { files in
      if files.count >= Self.filesMax, files[key] == nil,
        let oldest = files.min(by: { $0.value.keptAt < $1.value.keptAt })
      {
        files[oldest.key] = nil
      }
      files[key] = Kept(id: id, keptAt: now)
    }
  }

  func forget(_ key: String) {
    kept.withLock { $0[key] = nil }
  }

  static func key(_ media: OutgoingMedia) -> String {
    "\(media.kind.rawValue) \(media.fileName) \(Hex.text(of: SHA256.digest(media.bytes)))"
  }
}
