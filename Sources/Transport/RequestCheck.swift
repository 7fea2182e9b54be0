import CCurl

/// Finds what curl would misread or smuggle, before anything is queued.
enum RequestCheck {
  private static let timeoutMsMax = 86_400_000
  private static let proxySchemes: Set<String> = ["http", "https", "socks5h"]
  private static let forbiddenInName: Set<UInt8> = Set(#" :;,"()/<>=?@[]{}\"#.utf8)

  /// The request's host, or the reason why it cannot be sent.
  static func host(
    of request: HTTPRequest, _ timeouts: HTTPRequest.Timeouts, _ limits: HTTPClient.Limits
  ) throws(HTTPFailure) -> String {
    guard let target = URLParts(request.url), target.scheme == "http" || target.scheme == "https"
    else { throw .invalidRequest(.url) }
    if let proxy = request.proxy, !isProxy(proxy) { throw .invalidRequest(.proxy) }
    guard request.headers.fields.allSatisfy({ isField(name: $0.name, value: $0.value) }) else {
      throw .invalidRequest(.headers)
    }
    guard request.bodyBytes == 0 || !request.method.isSafe,
      request.body.isEmpty || request.upload == nil,
      (0...limits.requestBytesMax).contains(request.bodyBytes)
    else { throw .invalidRequest(.body) }
    let timesMs = [
      timeouts.connectMs, timeouts.tlsMs, timeouts.firstByteMs ?? 1, timeouts.stallMs ?? 1,
      timeouts.totalMs,
    ]
    guard timesMs.allSatisfy({ (1...timeoutMsMax).contains($0) }), request.maxResponseBytes >= 0
    else { throw .invalidRequest(.limits) }
    return target.host
  }

  static func isProxy(_ address: String) -> Bool {
    URLParts(address).map { proxySchemes.contains($0.scheme) } ?? false
  }

  private static func isField(name: String, value: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !forbiddenInName.contains($0) }
      && value.utf8.allSatisfy { ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 }
  }
}

/// Scheme and host as curl itself reads them, so that check and transfer cannot disagree.
private struct URLParts {
  let scheme: String
  let host: String

  init?(_ text: String) {
    // A C string ends at the first zero byte: what follows would be checked by nobody.
    guard !text.utf8.contains(0), let url = curl_url() else { return nil }
    defer { curl_url_cleanup(url) }
    guard curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_NON_SUPPORT_SCHEME)) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: url),
      let host = Self.part(CURLUPART_HOST, of: url)
    else { return nil }
    self.scheme = scheme.lowercased()
    self.host = host
  }

  private static func part(_ part: CURLUPart, of url: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}
