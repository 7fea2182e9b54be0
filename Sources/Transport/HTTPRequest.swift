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

  package struct Timeouts: Sendable {
    /// Until the connection stands, name lookup and TLS included.
    package var connectMs: Int
    /// How long the peer may say nothing at all, before or within its answer; counted in whole
    /// seconds, rounded up.
    package var silenceMs: Int?
    /// For everything together, waiting for a connection included.
    package var totalMs: Int

    package init(connectMs: Int = 10_000, silenceMs: Int? = nil, totalMs: Int = 30_000) {
      self.connectMs = connectMs
      self.silenceMs = silenceMs
      self.totalMs = totalMs
    }
  }

  package static let responseBytesMaxByDefault = 1 << 20

  package var method: Method
  package var url: String
  package var headers: HTTPHeaders
  package var body: [UInt8]
  package var timeouts: Timeouts
  package var maxResponseBytes: Int
  /// `http://…` or `socks5h://…`. Proxies named in the environment are never used unasked.
  package var proxy: String?

  package init(
    method: Method = .get, url: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
    timeouts: Timeouts = Timeouts(), maxResponseBytes: Int = responseBytesMaxByDefault,
    proxy: String? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
    self.maxResponseBytes = maxResponseBytes
    self.proxy = proxy
  }
}

/// Addresses, headers and bodies carry secrets and people's words: a request shows none of them.
extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  package var description: String { "\(method.rawValue) request of \(body.count) bytes" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
