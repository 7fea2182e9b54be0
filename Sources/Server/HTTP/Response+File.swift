import Conversation
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
  /// What a browser may be told a file is; anything else is bytes to be kept.
  private static let mediaTypes: Set<String> = [
    "application/json", "application/pdf", "audio/aac", "audio/mp4", "audio/mpeg", "audio/ogg",
    "audio/wav",
    "audio/webm", "image/jpeg", "image/png", "image/webp", "text/plain",
  ]
  /// Even a file that turned out to be a page could do nothing.
  private static let filePolicy = "default-src 'none'; sandbox; frame-ancestors 'none'"

  /// A file of ours: never a page, whatever is in it.
  ///
  /// - Parameter range: what the request wants of it, where a player looks for its place.
  static func file(_ media: OutgoingMedia, range: String? = nil) -> Response {
    let type = mediaTypes.contains(media.mediaType) ? media.mediaType : "application/octet-stream"
    var headers: HTTPFields = [
      .contentType: type, .contentDisposition: disposition(media),
      .contentSecurityPolicy: filePolicy, .xContentTypeOptions: "nosniff",
      .cacheControl: "private, no-store", .acceptRanges: "bytes",
    ]
    let count = media.bytes.count
    switch ByteRange(range, of: count) {
    case .whole:
      return Response(
        status: .ok, headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: media.bytes)))
    case .part(let part):
      headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(count)"
      return Response(
        status: .partialContent, headers: headers,
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: media.bytes[part])))
    case .none:
      return Response(status: .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(count)"])
    }
  }

  /// Documents are kept; pictures and voices are shown.
  private static func disposition(_ media: OutgoingMedia) -> String {
    let isShown =
      switch media.kind {
      case .document: false
      case .image: media.mediaType.hasPrefix("image/")
      case .voice: media.mediaType.hasPrefix("audio/")
      }
    let name = media.fileName
    let plain = String(name.map { isPlain($0) ? $0 : "_" })
    let allowed = CharacterSet.alphanumerics.intersection(
      CharacterSet(charactersIn: "\0"..."\u{7F}")
    )
    .union(CharacterSet(charactersIn: "-._"))
    let encoded = name.addingPercentEncoding(withAllowedCharacters: allowed) ?? plain
    return "\(isShown ? "inline" : "attachment"); filename=\"\(plain)\"; "
      + "filename*=UTF-8''\(encoded)"
  }

  private static func isPlain(_ character: Character) -> Bool {
    character.isASCII
      && (character.isLetter || character.isNumber || "-._ ".contains(character))
  }
}
