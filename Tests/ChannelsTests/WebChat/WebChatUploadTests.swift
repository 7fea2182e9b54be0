import Channels
import Conversation
import Testing

struct WebChatUploadTests {
  private static let chat = "visitor_0123456789-abcdef"
  private static let contentType = "multipart/form-data; boundary=----b0und"
  private static let webm: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3, 0x0D, 0x0A, 0x2D, 0x2D, 1, 2]

  private static func field(_ name: String, _ value: String) -> [UInt8] {
    Array(
      "------b0und\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
  }

  private static func file(_ type: String?, _ bytes: [UInt8]) -> [UInt8] {
    let declared = type.map { "Content-Type: \($0)\r\n" } ?? ""
    let head =
      "------b0und\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.webm\"\r\n"
    return Array((head + declared + "\r\n").utf8) + bytes + Array("\r\n".utf8)
  }

  private static let end = Array("------b0und--\r\n".utf8)

  private static func decode(
    _ parts: [UInt8]..., contentType: String = contentType
  ) throws(WebChatUpload.Fault) -> WebChatUpload {
    try WebChatUpload.decode(
      parts.flatMap { $0 } + end, contentType: contentType, chatID: chat)
  }

  private static func fault(
    _ parts: [UInt8]..., contentType: String = contentType
  ) -> WebChatUpload.Fault? {
    do throws(WebChatUpload.Fault) {
      _ = try WebChatUpload.decode(
        parts.flatMap { $0 } + end, contentType: contentType, chatID: chat)
      return nil
    } catch {
      return error
    }
  }

  @Test func `a recording is a voice message under its own id`() throws {
    let upload = try Self.decode(
      Self.field("id", "7"), Self.field("seconds", "12"),
      Self.file("audio/webm;codecs=opus", Self.webm))
    #expect(upload.inbound.key == "\(Self.chat)/7")
    #expect(
      upload.inbound.content
        == .attachment(
          .init(kind: .voice, fileID: "\(Self.chat)/7", caption: nil, durationSeconds: 12)))
    #expect(upload.file == ReceivedFile(mediaType: "audio/webm", bytes: Self.webm))
    #expect(!upload.logged.contains("visitor"))
  }

  @Test func `words can go with a picture`() throws {
    let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1]
    let upload = try Self.decode(
      Self.field("id", "7"), Self.field("text", "سلام"), Self.file("image/png", png))
    guard case .attachment(let attachment) = upload.inbound.content else {
      Issue.record("no attachment")
      return
    }
    #expect(attachment.kind == .image)
    #expect(attachment.caption == "سلام")
  }

  private static let kinds: [(String?, [UInt8], String)] = [
    ("audio/ogg; codecs=opus", Array("OggS12".utf8), "audio/ogg"),
    ("audio/mp4", Array("0000ftypM4A ".utf8), "audio/mp4"),
    ("audio/x-m4a", Array("0000ftypM4A ".utf8), "audio/mp4"),
    ("video/webm", webm, "audio/webm"), (nil, webm, "audio/webm"),
    ("application/octet-stream", Array("OggS12".utf8), "audio/ogg"),
    ("audio/wav", Array("RIFF0000WAVE".utf8), "audio/wav"),
    ("image/jpg", [0xFF, 0xD8, 0xFF, 0xE0], "image/jpeg"),
  ]

  @Test(arguments: kinds)
  func `a file is what its first bytes say`(
    told: String?, bytes: [UInt8], found: String
  ) throws {
    let upload = try Self.decode(Self.field("id", "7"), Self.file(told, bytes))
    #expect(upload.file.mediaType == found)
  }

  private static let unsupported: [(String?, [UInt8])] = [
    ("audio/webm", Array("OggS12".utf8)), ("image/svg+xml", Array("<svg>".utf8)),
    ("text/html", Array("<html>".utf8)), (nil, Array("MZ12".utf8)),
    ("application/pdf", Array("%PDF-1.7".utf8)), ("image/png", webm),
  ]

  @Test(arguments: unsupported)
  func `a kind nobody reads, or a lie about it, is refused`(
    told: String?, bytes: [UInt8]
  ) {
    #expect(
      Self.fault(Self.field("id", "7"), Self.file(told, bytes)) == .unsupportedType)
  }

  @Test func `what is missing is said, and what cannot be read`() {
    let file = Self.file("audio/webm", Self.webm)
    #expect(Self.fault(file) == .missingFields)
    #expect(Self.fault(Self.field("id", "7")) == .missingFields)
    #expect(Self.fault(Self.field("id", "a b"), file) == .missingFields)
    #expect(Self.fault(Self.field("id", "7"), Self.field("id", "8"), file) == .missingFields)
    #expect(Self.fault(Self.field("id", "7"), Self.file("audio/webm", [])) == .missingFields)
    #expect(
      Self.fault(Self.field("id", "7"), Self.field("seconds", "-1"), file) == .missingFields)
    let long = Self.field("text", String(repeating: "a", count: 4_001))
    #expect(Self.fault(Self.field("id", "7"), long, file) == .missingFields)
    #expect(Self.fault(file, contentType: "multipart/form-data") == .notAForm)
    #expect(Self.fault(file, contentType: "multipart/form-data; boundary=x") == .notAForm)
    #expect(Self.fault(Array("------b0und\r\nno head".utf8)) == .notAForm)
    let many = (0..<9).flatMap { Self.field("f\($0)", "x") }
    #expect(Self.fault(many) == .notAForm)
  }

  @Test func `a form cut anywhere is refused and never read beyond its end`() {
    let whole =
      Self.field("id", "7") + Self.file("audio/webm", Self.webm) + Self.end
    for count in 0..<(whole.count - 4) {
      let cut = Array(whole.prefix(count))
      #expect(throws: WebChatUpload.Fault.self) {
        try WebChatUpload.decode(cut, contentType: Self.contentType, chatID: Self.chat)
      }
    }
  }

  @Test func `a file beyond the limit is too large`() {
    let large = Self.webm + [UInt8](repeating: 0, count: IncomingFile.bytesMax)
    #expect(Self.fault(Self.field("id", "7"), Self.file("audio/webm", large)) == .tooLarge)
  }
}
