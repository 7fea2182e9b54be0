import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
  /// The whole body.
  ///
  /// - Throws: `HTTPFault.tooLarge` as soon as it is known to be longer than `bytesMax`.
  func body(bytesMax: Int) async throws -> [UInt8] {
    if let declared = headers[.contentLength].flatMap(Int.init), declared > bytesMax {
      throw HTTPFault.tooLarge
    }
    var bytes: [UInt8] = []
    for try await chunk in body {
      guard bytes.count + chunk.readableBytes <= bytesMax else { throw HTTPFault.tooLarge }
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    return bytes
  }

  /// - Throws: `HTTPFault.unsupportedType` unless the body is declared to be JSON.
  func requireJSON() throws(HTTPFault) {
    // As nearly every client writes it, which spares taking it apart.
    let json = "application/json"
    guard headers[.contentType] == json || mediaType == json else { throw .unsupportedType }
  }

  var isMultipart: Bool { mediaType == "multipart/form-data" }

  private var mediaType: String? {
    headers[.contentType]?.split(separator: ";").first?.lowercased().filter { !$0.isWhitespace }
  }
}
