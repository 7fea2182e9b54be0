import Foundation
package import Transport

/// Calls Twilio's REST interface for one account.
package struct TwilioClient: Sendable {
  private static let answerBytesMax = 4 << 20

  /// A file has to come within the time a worker gives it.
  private static let fileTimeouts = HTTPRequest.Timeouts(totalMs: 40_000)

  let accountSID: String
  /// Without a slash at the end.
  let baseURL: String
  private let authorisation: String
  private let provider: ProviderClient

  /// - Parameter baseURL: where `/2010-04-01/…` is added: `https://api.twilio.com`.
  package init(
    accountSID: String, authToken: String, baseURL: String, provider: ProviderClient
  ) {
    self.accountSID = accountSID
    authorisation =
      "Basic " + Data("\(accountSID):\(authToken)".utf8).base64EncodedString()
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.provider = provider
  }

  func create(_ form: FormWriter) async -> TwilioAnswer {
    var request = request(.post, "Messages.json")
    request.headers.append("Content-Type", "application/x-www-form-urlencoded")
    request.body = form.bytes
    return await send(request)
  }

  func list(_ query: FormWriter) async -> TwilioAnswer {
    await send(request(.get, "Messages.json?\(query.text)"))
  }

  /// Whether the account may be used; nil when it may.
  package func accountFault() async -> String? {
    switch await send(request(.get, "Balance.json")) {
    case .accepted: nil
    case .refused(let status, let code): "refused with \(status)" + (code.map { ", \($0)" } ?? "")
    case .unreadable(let status): "unreadable answer with status \(status)"
    case .unanswered(let failure): "\(failure)"
    }
  }

  /// The bytes behind an address, without a redirect being followed.
  ///
  /// - Parameter isOurs: whether it is the interface itself, which wants to know who asks.
  func download(
    _ url: String, isOurs: Bool, bytesMax: Int
  ) async throws(HTTPFailure) -> HTTPResponse {
    try await provider.send(
      HTTPRequest(
        url: url, headers: isOurs ? ["Authorization": authorisation] : [:],
        timeouts: Self.fileTimeouts, maxResponseBytes: bytesMax))
  }

  private func request(_ method: HTTPRequest.Method, _ path: String) -> HTTPRequest {
    HTTPRequest(
      method: method,
      url: "\(baseURL)/2010-04-01/Accounts/\(FormWriter.encoded(accountSID))/\(path)",
      headers: ["Authorization": authorisation, "Accept": "application/json"],
      maxResponseBytes: Self.answerBytesMax)
  }

  private func send(_ request: HTTPRequest) async -> TwilioAnswer {
    do {
      return TwilioAnswer(try await provider.send(request))
    } catch {
      return .unanswered(error)
    }
  }
}

/// How a call of Twilio ended.
enum TwilioAnswer: Sendable {
  case accepted(JSONElement)
  case refused(status: Int, code: Int?)
  /// Something answered that does not speak the interface.
  case unreadable(status: Int)
  case unanswered(HTTPFailure)

  init(_ response: HTTPResponse) {
    do {
      let answer = try JSONDocument(response.body).root
      if (200..<300).contains(response.status), answer.isObject {
        self = .accepted(answer)
      } else if response.status >= 400 {
        self = .refused(
          status: response.status, code: answer["code"]?.integer.map { Int(clamping: $0) })
      } else {
        self = .unreadable(status: response.status)
      }
    } catch {
      self = .unreadable(status: response.status)
    }
  }
}
