import CCurl

/// One transfer on its way: what curl's callbacks write into. Lives on the transfer thread.
final class RunningTransfer {
  private static let headerBytesMax = 64 << 10

  let transfer: Transfer
  let easy: EasyHandle
  private(set) var wasSent = false
  private var bytesSentBefore = 0
  private var isRepeatRefused = false
  private var isTooLarge = false
  private var headers = HTTPHeaders()
  private var headerBytes = 0
  private var body: [UInt8] = []

  init(_ transfer: Transfer, _ easy: EasyHandle) {
    self.transfer = transfer
    self.easy = easy
  }

  var context: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// Only for a context of a transfer that the loop still holds.
  static func from(_ context: UnsafeMutableRawPointer) -> RunningTransfer {
    Unmanaged.fromOpaque(context).takeUnretainedValue()
  }

  func finish(_ outcome: TransferOutcome) {
    transfer.continuation.resume(returning: outcome)
  }

  // MARK: What curl reports

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
    return true
  }

  /// Takes one header line; false when the headers grow beyond bounds.
  func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerBytes += line.count
    guard headerBytes <= Self.headerBytesMax else {
      isTooLarge = true
      return false
    }
    let text = String(decoding: line, as: UTF8.self)
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

  /// Takes a piece of the body; false when it grows beyond what the caller allows.
  func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count <= transfer.request.maxResponseBytes - body.count else {
      isTooLarge = true
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  // MARK: What it meant

  func outcome(of code: CURLcode) -> TransferOutcome {
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
    if isRepeatRefused { return .outcomeUnknown(host: host, .connectionLost) }
    switch code {
    case CURLE_OPERATION_TIMEDOUT: return timeout
    // An answer in the manner of HTTP 0.9 shows as an unsupported protocol.
    case CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM, CURLE_UNSUPPORTED_PROTOCOL:
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
    case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: .proxy
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR:
      .security
    // A tunnel that the proxy refuses shows as an error of receiving.
    case CURLE_RECV_ERROR where transfer.request.proxy != nil: .proxy
    default: .connection  // curl's codes are an open set
    }
  }
}
