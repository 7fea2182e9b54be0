import CCurl

/// One transfer on its way: what curl's callbacks write into. Lives on the transfer thread.
final class RunningTransfer {
  typealias Instant = ContinuousClock.Instant

  private static let headerBytesMax = 64 << 10
  /// 407 Proxy Authentication Required.
  private static let proxyRefusal = 407

  let transfer: Transfer
  let easy: EasyHandle
  private(set) var wasSent = false
  private let alarm: TransferAlarm
  private var tlsBeganAt: Instant?
  private var movedAt = Instant.now
  private var bytesUploaded = 0
  private var isAnswering = false
  private var bytesSentBefore = 0
  private var isRepeatRefused = false
  private var isTooLarge = false
  private var headers = HTTPHeaders()
  private var headerBytes = 0
  private var body: [UInt8] = []
  private var bodyBytes = 0

  init(_ transfer: Transfer, _ easy: EasyHandle, _ alarm: TransferAlarm) {
    self.transfer = transfer
    self.easy = easy
    self.alarm = alarm
  }

  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// Only for a context of a transfer that the loop still holds.
  static func from(_ context: UnsafeMutableRawPointer) -> RunningTransfer {
    Unmanaged.fromOpaque(context).takeUnretainedValue()
  }

  func finish(_ outcome: TransferOutcome) { transfer.finish(outcome) }

  /// Goes on after the caller's side was waited for.
  func resume() {
    movedAt = .now
    easy.resume()
    alarm.note(dueAt(movedAt))
  }

  // MARK: When it is overdue

  /// Until when the present phase may last. Up to the TLS handshake curl itself keeps the time.
  func dueAt(_ now: Instant) -> Instant {
    guard wasSent else {
      let tlsDueAt = tlsBeganAt.map { $0 + .milliseconds(transfer.timeouts.tlsMs) }
      return min(transfer.deadline, tlsDueAt ?? transfer.deadline)
    }
    if easy.bytesUploaded != bytesUploaded {
      bytesUploaded = easy.bytesUploaded
      movedAt = now
    }
    guard !isWaitingForUs,
      let limitMs = isBetweenBytes
        ? transfer.timeouts.stallMs : transfer.timeouts.firstByteMs
    else { return transfer.deadline }
    return min(transfer.deadline, movedAt + .milliseconds(limitMs))
  }

  private var isBetweenBytes: Bool {
    isAnswering || bytesUploaded < transfer.request.bodyBytes
  }

  private var isWaitingForUs: Bool {
    transfer.stream?.isPaused == true || transfer.upload?.isStarved == true
  }

  // MARK: What curl reports

  /// curl calls this when it has a connection and TLS is about to begin on it.
  func willBeginTLS() {
    let now = Instant.now
    tlsBeganAt = now
    let timeouts = transfer.timeouts
    // From here on it is our own clock that counts.
    easy.extendConnecting(toMs: timeouts.connectMs + timeouts.tlsMs)
    alarm.note(dueAt(now))
  }

  /// curl calls this when the connection stands and the request is about to go out. It comes a
  /// second time when a kept connection died and curl wants to repeat the request on a new one:
  /// allowed only when that changes nothing, or nothing had been written.
  func mayStartSending() -> Bool {
    let bytesSent = easy.bytesSent
    if wasSent, bytesSent > bytesSentBefore, !transfer.request.method.isSafe {
      isRepeatRefused = true
      return false
    }
    bytesSentBefore = bytesSent
    wasSent = true
    movedAt = .now
    alarm.note(dueAt(movedAt))
    return true
  }

  /// Gives curl more of the request's body.
  func giveBody(_ room: UnsafeMutableRawBufferPointer) -> Int {
    switch transfer.upload?.take(into: room) {
    case .bytes(let count)?: count
    case .wait?: Int(CURL_READFUNC_PAUSE)
    case .end?: 0
    case .abort?, nil: Int(CURL_READFUNC_ABORT)
    }
  }

  /// Takes one header line; false when the headers grow beyond bounds.
  func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    noteAnswer()
    headerBytes += line.count
    guard headerBytes <= Self.headerBytesMax else {
      isTooLarge = true
      return false
    }
    let text = String(decoding: line, as: UTF8.self)
    if text == "\r\n", !isInterim {
      transfer.stream?.begin(HTTPResponse(status: easy.status, headers: headers, body: []))
    }
    if text.hasPrefix("HTTP/") {
      // An interim answer may precede the real one.
      headers = HTTPHeaders()
    } else if let colon = text.firstIndex(of: ":") {
      let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      let end = value.lastIndex { !$0.isWhitespace }
      headers.append(String(text[..<colon]), end.map { String(value[...$0]) } ?? "")
    }
    return true
  }

  enum Taken {
    case whole
    /// The reader is behind: the same bytes come again later.
    case notNow
    case tooMuch
  }

  /// Takes a piece of the body, within what the caller allows.
  func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Taken {
    noteAnswer()
    guard bytes.count <= transfer.request.maxResponseBytes - bodyBytes else {
      isTooLarge = true
      return .tooMuch
    }
    if let stream = transfer.stream {
      guard stream.offer(bytes) else { return .notNow }
    } else {
      body.append(contentsOf: bytes)
    }
    bodyBytes += bytes.count
    return .whole
  }

  private var isInterim: Bool { easy.status < 200 }

  private func noteAnswer() {
    movedAt = .now
    guard !isAnswering else { return }
    isAnswering = true
    alarm.note(dueAt(movedAt))
  }

  // MARK: What it meant

  func outcome(of code: CURLcode) -> TransferOutcome {
    // What a proxy refuses has not reached the peer.
    if easy.status == Self.proxyRefusal, transfer.request.proxy != nil {
      return .failure(.couldNotReach(host: transfer.host, .proxy))
    }
    if code == CURLE_OK {
      return .success(HTTPResponse(status: easy.status, headers: headers, body: body))
    }
    return .failure(failure(of: code))
  }

  private func failure(of code: CURLcode) -> HTTPFailure {
    let host = transfer.host
    if isTooLarge {
      return .responseTooLarge(host: host, limitBytes: transfer.request.maxResponseBytes)
    }
    // A request that breaks off is not one that a peer can act upon.
    if transfer.upload?.isBroken == true { return .invalidRequest(.body) }
    if isRepeatRefused { return .outcomeUnknown(host: host, .connectionLost) }
    switch code {
    case CURLE_OPERATION_TIMEDOUT: return timeout
    // An answer in the manner of HTTP 0.9 shows as an unsupported protocol.
    case CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_UNSUPPORTED_PROTOCOL,
      CURLE_BAD_CONTENT_ENCODING:
      return wasSent
        ? .outcomeUnknown(host: host, .notHTTP) : .couldNotReach(host: host, .connection)
    default:  // curl's codes are an open set
      return wasSent
        ? .outcomeUnknown(host: host, .connectionLost)
        : .couldNotReach(host: host, obstacle(of: code))
    }
  }

  var timeout: HTTPFailure {
    wasSent
      ? .outcomeUnknown(host: transfer.host, .timedOut)
      : .timedOutBeforeSending(host: transfer.host)
  }

  private func obstacle(of code: CURLcode) -> HTTPFailure.Obstacle {
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: .nameResolution
    case CURLE_COULDNT_RESOLVE_PROXY: .proxy
    case CURLE_PROXY: easy.isPeerUnreachableFromProxy ? .connection : .proxy
    // Behind a proxy the only connection of ours is the one to it.
    case CURLE_COULDNT_CONNECT where transfer.request.proxy != nil: .proxy
    // A tunnel that the proxy refuses shows as an error of receiving.
    case CURLE_RECV_ERROR where transfer.request.proxy != nil: .proxy
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_INVALIDCERTSTATUS:
      .certificate
    case CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER: .security
    default: .connection  // curl's codes are an open set
    }
  }
}
