import Transport

/// One call of a provider over HTTP: its timeouts, its limits, and which fault each failure is.
enum ModelCall {
  static let connectMsMax = 5_000
  static let firstByteMsMax = 60_000
  static let stallMsMax = 20_000
  static let probeMs = 3_000
  static let responseBytesMax = 8 << 20
  static let lineBytesMax = 256 << 10
  static let refusalBytesMax = 64 << 10

  /// - Throws: `tookTooLong` when there is no time left.
  static func request(
    _ url: String, headers: HTTPHeaders, body: JSON, until deadline: ContinuousClock.Instant
  ) throws(ModelFault) -> HTTPRequest {
    let leftMs = milliseconds(until: deadline)
    guard leftMs > 0 else { throw .tookTooLong }
    var headers = headers
    headers.append("Content-Type", "application/json")
    return HTTPRequest(
      method: .post, url: url, headers: headers, body: Array(body.description.utf8),
      timeouts: HTTPRequest.Timeouts(
        connectMs: min(connectMsMax, leftMs), tlsMs: min(connectMsMax, leftMs),
        firstByteMs: min(firstByteMsMax, leftMs), stallMs: min(stallMsMax, leftMs),
        totalMs: leftMs),
      maxResponseBytes: responseBytesMax)
  }

  static func open(
    _ request: HTTPRequest, _ client: ProviderClient
  ) async throws(ModelFault) -> HTTPResponseStream {
    do throws(HTTPFailure) {
      return try await client.stream(request)
    } catch { throw fault(error, partial: "") }
  }

  /// The status of a small question; nil when there is no answer.
  static func probe(
    _ url: String, headers: HTTPHeaders, _ client: ProviderClient
  ) async -> HTTPResponse? {
    let timeouts = HTTPRequest.Timeouts(
      connectMs: probeMs, tlsMs: probeMs, firstByteMs: probeMs, stallMs: probeMs, totalMs: probeMs)
    do {
      return try await client.send(
        HTTPRequest(url: url, headers: headers, timeouts: timeouts))
    } catch { return nil }
  }

  static func fault(_ failure: HTTPFailure, partial: String) -> ModelFault {
    switch failure {
    case .outcomeUnknown(_, .timedOut):
      partial.isEmpty ? .tookTooLong : .tooSlow(partial: partial)
    case .outcomeUnknown(_, .connectionLost):
      partial.isEmpty ? .unreachable : .interrupted(partial: partial)
    case .outcomeUnknown(_, .notHTTP): .invalidAnswer(reason: "it is not HTTP")
    case .responseTooLarge: .invalidAnswer(reason: "it is too large")
    case .cancelled: .cancelled
    case .couldNotReach, .timedOutBeforeSending, .circuitOpen, .invalidRequest, .overloaded,
      .closed:
      .unreachable
    }
  }

  static func milliseconds(until deadline: ContinuousClock.Instant) -> Int {
    let left = ContinuousClock.now.duration(to: deadline).components
    return Int(left.seconds) * 1_000 + Int(left.attoseconds / 1_000_000_000_000_000)
  }
}
