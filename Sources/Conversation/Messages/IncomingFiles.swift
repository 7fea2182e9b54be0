/// Fetches the bytes of what people send. A turn knows a file only by the name its channel gave it
/// (`Content.Attachment`); whoever needs what is in it asks here, in a job.
package protocol IncomingFiles: Sendable {
  /// - Parameter channel: the one it came by.
  /// - Returns: what was sent, never empty, at most `IncomingFile.bytesMax` bytes, and by its first
  ///   bytes of the kind the attachment says.
  func fetch(
    _ attachment: Content.Attachment, on channel: Channel
  ) async throws(IncomingFileFault) -> [UInt8]
}

package enum IncomingFile {
  /// More than anybody records in one go, and what Telegram hands out at most.
  package static let bytesMax = 20 << 20
  /// A fetch that takes longer has failed; a job that fetches needs a time limit beyond this.
  package static let deadlineMs = 50_000
}

/// Why there are no bytes.
package enum IncomingFileFault: Error, Sendable, Equatable, CaseIterable {
  /// Nobody keeps it any more, or nobody by that name ever did.
  case gone
  case tooLarge
  /// The provider does not hand it out to us, or its address leads away from the provider. Asking
  /// again does not help.
  case refused
  /// The provider was not reached, did not end in time or failed on its side: ask again later.
  case unreachable
  /// The bytes are not of the kind the attachment says.
  case wrongKind
}
