package import Transport

/// A provider of speech that is reached over HTTP.
package struct SpeechService: Sendable {
  /// A model on a small machine thinks for a minute about a minute of sound.
  package static let timeouts = HTTPRequest.Timeouts(firstByteMs: 90_000, totalMs: 120_000)

  private static let reasonLengthMax = 200

  /// Without a slash at the end, and without `/v1`.
  package let baseURL: String
  package let key: String?
  package let client: ProviderClient

  package init(baseURL: String, key: String?, client: ProviderClient) {
    self.baseURL = baseURL
    self.key = key
    self.client = client
  }

  /// - Throws: `unreachable`, `tookTooLong`, `busy` or `refused`, as the transfer ended.
  func post(
    _ path: String, contentType: String, _ body: [UInt8], answerBytesMax: Int
  ) async throws(SpeechFault) -> HTTPResponse {
    var headers: HTTPHeaders = ["Content-Type": contentType]
    if let key { headers.append("Authorization", "Bearer \(key)") }
    do throws(HTTPFailure) {
      return try await client.send(
        HTTPRequest(
          method: .post, url: baseURL + path, headers: headers, body: body,
          maxResponseBytes: answerBytesMax))
    } catch { throw SpeechFault(error) }
  }

  /// What an answer other than 200 means.
  func refusal(_ response: HTTPResponse) -> SpeechFault {
    switch response.status {
    case 408, 504: .tookTooLong
    case 413: .media(.tooLarge)
    case 429: .busy
    case 500...: .unreachable
    case _: .refused("status \(response.status)\(reason(in: response))")
    }
  }

  /// The provider's own words, in one short line and without our key.
  func quoted(_ words: String) -> String {
    let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return String(client.masked(line).prefix(Self.reasonLengthMax))
  }

  private func reason(in response: HTTPResponse) -> String {
    ServiceError.words(in: response.body).map { ": " + quoted($0) } ?? ""
  }
}

extension SpeechFault {
  init(_ failure: HTTPFailure) {
    self =
      switch failure {
      case .outcomeUnknown(_, .timedOut): .tookTooLong
      case .couldNotReach, .timedOutBeforeSending, .outcomeUnknown, .circuitOpen, .closed,
        .cancelled:
        .unreachable
      case .overloaded: .busy
      case .responseTooLarge: .refused("an answer larger than is read")
      case .invalidRequest(let fault): .refused("a request with an invalid \(fault.rawValue)")
      }
  }
}

extension SpeechService {
  /// How a service answered when it was asked for nothing in particular.
  package enum Probe: Sendable, Equatable, CustomStringConvertible {
    case answered(status: Int)
    case failed(HTTPFailure)

    /// A path that is not there was said to be missing by somebody; a wrong key is of no use.
    package var isUp: Bool {
      switch self {
      case .answered(let status): status < 500 && status != 401 && status != 403
      case .failed: false
      }
    }

    package var description: String {
      switch self {
      case .answered(let status): "answered with \(status)"
      case .failed(let failure): "\(failure)"
      }
    }
  }

  private static let probeTimeouts = HTTPRequest.Timeouts(
    connectMs: 3_000, tlsMs: 3_000, firstByteMs: 5_000, totalMs: 8_000)

  /// Asks for the list of models, which costs nothing and needs the key.
  package func probe() async -> Probe {
    var headers: HTTPHeaders = [:]
    if let key { headers.append("Authorization", "Bearer \(key)") }
    do throws(HTTPFailure) {
      let response = try await client.send(
        HTTPRequest(url: baseURL + "/v1/models", headers: headers, timeouts: Self.probeTimeouts))
      return .answered(status: response.status)
    } catch { return .failed(error) }
  }
}
