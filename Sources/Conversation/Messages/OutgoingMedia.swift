import Storage

/// A file to send.
package struct OutgoingMedia: Sendable, Equatable {
  /// What every channel that carries files takes, and a turn may write.
  package static let bytesMax = 8 << 20
  /// Pictures are shown at once, and WhatsApp takes no larger ones.
  package static let imageBytesMax = 5 << 20

  package enum Kind: String, Sendable, Codable, SQLConvertible {
    case document
    case image
    case voice
  }

  package let kind: Kind
  /// An Internet media type, such as `audio/ogg`.
  package let mediaType: String
  package let fileName: String
  package let bytes: [UInt8]

  package init(kind: Kind, mediaType: String, fileName: String, bytes: [UInt8]) {
    self.kind = kind
    self.mediaType = mediaType
    self.fileName = fileName
    self.bytes = bytes
  }

  package var fits: Bool {
    let limit =
      switch kind {
      case .image: Self.imageBytesMax
      case .document, .voice: Self.bytesMax
      }
    return !bytes.isEmpty && bytes.count <= limit
  }
}
