import Conversation

/// The first bytes by which a kind of file is known.
enum MediaSignature {
  private enum Mark {
    case bytes([UInt8], at: Int)
    case text(String, at: Int)
    /// An MPEG frame without a header before it.
    case frame
  }

  private static let marks: [String: [Mark]] = [
    "application/msword": [.bytes([0xD0, 0xCF, 0x11, 0xE0], at: 0)],
    "application/pdf": [.text("%PDF-", at: 0)],
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": [zip],
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": [zip],
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": [zip],
    "audio/aac": [.frame], "audio/amr": [.text("#!AMR", at: 0)],
    "audio/flac": [.text("fLaC", at: 0)],
    "audio/mp4": [.text("ftyp", at: 4)], "audio/mpeg": [.text("ID3", at: 0), .frame],
    "audio/ogg": [.text("OggS", at: 0)], "audio/wav": [.text("WAVE", at: 8)],
    "audio/webm": [matroska], "image/gif": [.text("GIF8", at: 0)],
    "image/jpeg": [.bytes([0xFF, 0xD8, 0xFF], at: 0)],
    "image/png": [.bytes([0x89, 0x50, 0x4E, 0x47], at: 0)], "image/webp": [.text("WEBP", at: 8)],
    "video/3gpp": [.text("ftyp", at: 4)], "video/mp4": [.text("ftyp", at: 4)],
    "video/ogg": [.text("OggS", at: 0)], "video/webm": [matroska],
  ]
  private static let matroska = Mark.bytes([0x1A, 0x45, 0xDF, 0xA3], at: 0)
  private static let zip = Mark.bytes([0x50, 0x4B, 0x03, 0x04], at: 0)
  private static let plainText = "text/plain"

  static func knows(_ mediaType: String) -> Bool {
    marks[mediaType] != nil || mediaType == plainText
  }

  static func fits(_ bytes: [UInt8], _ mediaType: String) -> Bool {
    if mediaType == plainText {
      return !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
    }
    return marks[mediaType]?.contains { fits(bytes, $0) } ?? false
  }

  /// Whether it can be of that kind. Anything can be a document.
  static func fits(_ bytes: [UInt8], _ kind: Content.Attachment.Kind) -> Bool {
    switch kind {
    case .document: true
    case .image: fits(bytes, anyOf: "image/")
    // A container of both says neither.
    case .audio, .video, .voice: fits(bytes, anyOf: "audio/") || fits(bytes, anyOf: "video/")
    }
  }

  private static func fits(_ bytes: [UInt8], anyOf family: String) -> Bool {
    marks.contains { type, marks in
      type.hasPrefix(family) && marks.contains { fits(bytes, $0) }
    }
  }

  private static func fits(_ bytes: [UInt8], _ mark: Mark) -> Bool {
    switch mark {
    case .bytes(let expected, let start): bytes.dropFirst(start).starts(with: expected)
    case .text(let expected, let start): bytes.dropFirst(start).starts(with: expected.utf8)
    case .frame: bytes.count > 1 && bytes[0] == 0xFF && bytes[1] & 0xE0 == 0xE0
    }
  }
}
