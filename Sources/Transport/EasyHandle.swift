import CCurl

/// One curl easy handle with the header list it currently holds. Lives on the transfer thread.
final class EasyHandle {
  /// A connection idle for longer is not trusted any more: proxies and servers drop them silently.
  private static let connectionIdleSecondsMax = 50
  private static let encodings = "gzip, deflate"

  let pointer: UnsafeMutableRawPointer
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var everythingIsSet = true

  init?() {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
  }

  deinit {
    curl_easy_cleanup(pointer)
    curl_slist_free_all(headerList)
  }

  /// Tells curl all about the transfer; false when curl has no memory for it.
  func prepare(for running: RunningTransfer, caFile: String?) -> Bool {
    let request = running.transfer.request
    everythingIsSet = true
    check(curl_easy_allow_only_http(pointer))
    set(CURLOPT_URL, request.url)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
    // Only over TLS is it worth waiting to learn whether a connection can be shared.
    set(CURLOPT_PIPEWAIT, request.url.lowercased().hasPrefix("https:") ? 1 : 0)
    set(CURLOPT_FOLLOWLOCATION, 0)
    set(CURLOPT_MAXAGE_CONN, Self.connectionIdleSecondsMax)
    set(CURLOPT_ACCEPT_ENCODING, Self.encodings)
    if let caFile { set(CURLOPT_CAINFO, caFile) }
    setProxy(request.proxy)
    set(CURLOPT_CONNECTTIMEOUT_MS, running.transfer.timeouts.connectMs)
    setHeaders(request)
    setBody(request, running.context)
    setReceivers(running)
    setDecisions(running)
    return everythingIsSet
  }

  /// Forgets the transfer; connections stay with the loop.
  func reset() {
    curl_easy_reset(pointer)
    curl_slist_free_all(headerList)
    headerList = nil
  }

  var status: Int { long(CURLINFO_RESPONSE_CODE) }

  /// Bytes of the request's body written so far.
  var bytesUploaded: Int {
    var count: curl_off_t = 0
    return curl_easy_get_offset(pointer, CURLINFO_SIZE_UPLOAD_T, &count) == CURLE_OK
      ? Int(count) : 0
  }

  /// Whether the proxy did its part and found nobody.
  var isPeerUnreachableFromProxy: Bool {
    let found = [
      CURLPX_REPLY_NETWORK_UNREACHABLE, CURLPX_REPLY_HOST_UNREACHABLE,
      CURLPX_REPLY_CONNECTION_REFUSED, CURLPX_REPLY_TTL_EXPIRED,
    ]
    return found.contains { Int($0.rawValue) == long(CURLINFO_PROXY_ERROR) }
  }

  func extendConnecting(toMs limitMs: Int) { set(CURLOPT_CONNECTTIMEOUT_MS, limitMs) }

  /// Goes on with what a callback has stopped.
  func resume() { check(curl_easy_pause(pointer, CURLPAUSE_CONT)) }

  /// Bytes of requests written so far, those to a proxy included.
  var bytesSent: Int { long(CURLINFO_REQUEST_SIZE) }

  private func setProxy(_ proxy: String?) {
    // An empty string, unlike none, keeps curl from looking into the environment.
    set(CURLOPT_PROXY, proxy ?? "")
    set(CURLOPT_NOPROXY, "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
  }

  private func setHeaders(_ request: HTTPRequest) {
    // curl asks for permission before long bodies unless told not to; that costs a round trip.
    append("Expect:")
    // Without a type of our own curl would claim that every body is a form.
    if request.headers["Content-Type"] == nil { append("Content-Type:") }
    for (name, value) in request.headers.fields {
      append(value.isEmpty ? "\(name);" : "\(name): \(value)")
    }
    check(curl_easy_set_headers(pointer, headerList))
  }

  private func append(_ line: String) {
    guard let longer = curl_slist_append(headerList, line) else {
      everythingIsSet = false
      return
    }
    headerList = longer
  }

  private func setBody(_ request: HTTPRequest, _ context: UnsafeMutableRawPointer) {
    switch request.method {
    case .get: set(CURLOPT_HTTPGET, 1)
    case .head: set(CURLOPT_NOBODY, 1)
    case .delete, .patch, .post, .put:
      set(CURLOPT_POST, 1)
      check(
        curl_easy_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.bodyBytes)))
      if request.upload == nil {
        request.body.withUnsafeBytes { bytes in
          check(curl_easy_set_pointer(pointer, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress))
        }
      } else {
        setBodySource(context)
      }
      if request.method != .post { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    }
  }

  private func setBodySource(_ context: UnsafeMutableRawPointer) {
    check(
      curl_easy_set_body_source(
        pointer,
        { room, size, count, context in
          guard let room, let context else { return Int(CURL_READFUNC_ABORT) }
          return RunningTransfer.from(context).giveBody(
            UnsafeMutableRawBufferPointer(start: room, count: size * count))
        }, context))
  }

  private func setReceivers(_ running: RunningTransfer) {
    let context = running.context
    check(curl_easy_set_pointer(pointer, CURLOPT_PRIVATE, context))
    check(
      curl_easy_set_header_receiver(
        pointer,
        { bytes, size, count, context in
          guard let bytes, let context else { return 0 }
          let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
          return RunningTransfer.from(context).receiveHeader(line) ? line.count : 0
        }, context))
    check(
      curl_easy_set_body_receiver(
        pointer,
        { bytes, size, count, context in
          guard let bytes, let context else { return 0 }
          let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
          switch RunningTransfer.from(context).receiveBody(piece) {
          case .whole: return piece.count
          case .notNow: return Int(CURL_WRITEFUNC_PAUSE)
          case .tooMuch: return 0
          }
        }, context))
  }

  private func setDecisions(_ running: RunningTransfer) {
    check(
      curl_easy_set_before_tls(
        pointer,
        { _, _, context in
          if let context { RunningTransfer.from(context).willBeginTLS() }
          return CURLE_OK
        }, running.context))
    check(
      curl_easy_set_before_request(
        pointer,
        { context, _, _, _, _ in
          guard let context else { return CURL_PREREQFUNC_ABORT }
          return RunningTransfer.from(context).mayStartSending()
            ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
        }, running.context))
  }

  private func set(_ option: CURLoption, _ value: Int) {
    check(curl_easy_set_long(pointer, option, value))
  }

  private func set(_ option: CURLoption, _ value: String) {
    check(curl_easy_set_string(pointer, option, value))
  }

  private func check(_ code: CURLcode) {
    if code != CURLE_OK { everythingIsSet = false }
  }

  private func long(_ info: CURLINFO) -> Int {
    var value = 0
    return curl_easy_get_long(pointer, info, &value) == CURLE_OK ? value : 0
  }
}
