/// One request the stand-in received.
package struct WhatsAppCall: Sendable {
  package enum Kind: Sendable, Equatable {
    case message
    case readMark
    case upload
    /// Asks where a file lies.
    case describe
    case download
  }

  package let number: Int
  package let kind: Kind
  package let body: JSONValue
  package let file: UploadedFile?
  /// The id the message was given; nil when it was not taken.
  package internal(set) var messageID: String?

  package var recipient: String? { (body["to"] ?? body["recipient"])?.string }
  package var type: String? { body["type"]?.string }

  /// The text people read, wherever the message has it.
  package var text: String? {
    (body["text"]?["body"] ?? body["interactive"]?["body"]?["text"] ?? body["image"]?["caption"]
      ?? body["document"]?["caption"])?.string
  }

  /// The buttons or rows, as pairs of id and title.
  package var choices: [(id: String, title: String)] {
    let action = body["interactive"]?["action"]
    let replies = (action?["buttons"]?.items ?? []).compactMap { $0["reply"] }
    let rows = (action?["sections"]?.items ?? []).flatMap { $0["rows"]?.items ?? [] }
    return (replies + rows).compactMap { choice in
      guard let id = choice["id"]?.string, let title = choice["title"]?.string else { return nil }
      return (id, title)
    }
  }
}

/// What a test wants the stand-in to do instead of answering as usual.
package enum WhatsAppFault: Sendable {
  /// Nothing is done; the error is told.
  case refuse(status: Int, code: Int, headers: [String: String] = [:])
  /// Nothing is done; the connection is closed.
  case closeBefore
  /// Everything is done; the connection is closed instead of answering.
  case closeAfter
  /// Everything is done; the answer is not JSON.
  case garbage

  package static let pairLimit = WhatsAppFault.refuse(status: 400, code: 131_056)
  package static let windowClosed = WhatsAppFault.refuse(status: 400, code: 131_047)
  package static let badToken = WhatsAppFault.refuse(status: 401, code: 190)
  package static let unavailable = WhatsAppFault.refuse(status: 500, code: 131_016)
}

/// A file people can send to the business.
package struct WhatsAppStoredFile: Sendable {
  package var bytes: [UInt8]
  package var mediaType: String
  package var sizeTold: Int?
  package var digestTold: String?
  /// Where it is said to lie; nil for the stand-in itself.
  package var url: String?
  /// How many downloads find that the address has expired.
  package var expiredDownloads = 0

  package init(bytes: [UInt8], mediaType: String) {
    self.bytes = bytes
    self.mediaType = mediaType
  }
}
