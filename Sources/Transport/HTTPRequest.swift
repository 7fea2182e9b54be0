/// One request, complete and checked only when it is sent.
package struct HTTPRequest: Sendable {
  package enum Method: String, Sendable {
    case delete = "DELETE"
    case get = "GET"
    case head = "HEAD"
    case patch = "PATCH"
    case post = "POST"
    case put = "PUT"

    /// Whether sending it twice means the same as once and changes nothing.
    var isSafe: Bool {
      switch self {
      case .get, .head: true
      case .delete, .patch, .post, .put: false
      }
    }
  }

  /// How long each phase may take. Whatever ends before the request goes out has certainly not
  /// reached the peer; whatever ends later may have.
  package struct Timeouts: Sendable {
    /// For the name lookup, the connection, and a proxy's part in it.
    package var connectMs: Int
    /// For the TLS handshake.
    package var tlsMs: Int
    /// From the end of the request to the first byte of the answer; nil for as long as it takes.
    package var firstByteMs: Int?
    /// How long nothing may move within the request or the answer; nil for as long as it takes.
    package var stallMs: Int?
    /// For everything together, waiting for a connection included.
    package var totalMs: Int

    package init(
      connectMs: Int = 10_000, tlsMs: Int = 10_000, firstByteMs: Int? = nil,
      stallMs: Int? = 20_000, totalMs: Int = 30_000
    ) {
      self.connectMs = connectMs
      self.tlsMs = tlsMs
      self.firstByteMs = firstByteMs
      self.stallMs = stallMs
      self.totalMs = totalMs
    }
  }

  package static let responseBytesMaxByDefault = 1 << 20

  package var method: Method
  package var url: String
  package var headers: HTTPHeaders
  package var body: [UInt8]
  /// A body too large to be held, in place of `body`.
  package var upload: HTTPUpload?
  /// Nil for the client's own.
  package var timeouts: Timeouts?
  /// Of the decoded body: a small answer that unfolds into a large one ends here, too.
  package var maxResponseBytes: Int
  /// `http://…`, `https://…` or `socks5h://…`. Proxies named in the environment are never used
  /// unasked.
  package var proxy: String?

  package init(
    method: Method = .get, url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
    upload: HTTPUpload? = nil, timeouts: Timeouts? = nil,
    maxResponseBytes: Int = responseBytesMaxByDefault, proxy: String? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.upload = upload
    self.timeouts = timeouts
    self.maxResponseBytes = maxResponseBytes
    self.proxy = proxy
  }
}

extension HTTPRequest {
  var bodyBytes: Int { upload?.byteCount ?? body.count }
}

/// Addresses, headers and bodies carry secrets and people's words: a request shows none of them.
extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(method.rawValue) request of \(bodyBytes) bytes" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
