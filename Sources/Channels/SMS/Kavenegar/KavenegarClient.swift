package import Transport

/// Calls methods of Kavenegar's REST interface.
package struct KavenegarClient: Sendable {
  private static let answerBytesMax = 4 << 20

  private let key: KavenegarKey
  private let baseURL: String
  private let provider: ProviderClient

  /// - Parameter baseURL: where `/v1/…` is added: `https://api.kavenegar.com`.
  package init(key: KavenegarKey, baseURL: String, provider: ProviderClient) {
    self.key = key
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.provider = provider
  }

  func call(_ method: String, _ form: FormWriter) async -> KavenegarAnswer {
    let request = HTTPRequest(
      method: .post, url: "\(baseURL)/v1/\(FormWriter.encoded(key.text))/\(method).json",
      headers: ["Content-Type": "application/x-www-form-urlencoded; charset=utf-8"],
      body: form.bytes, maxResponseBytes: Self.answerBytesMax)
    do {
      return KavenegarAnswer(try await provider.send(request))
    } catch {
      return .unanswered(error)
    }
  }

  /// What is left of the credit, in Rial.
  ///
  /// - Returns: nil and why, when the account cannot be asked.
  package func remainingCredit() async -> (rial: Int64?, reason: String) {
    switch await call("account/info", FormWriter()) {
    case .accepted(let entries): (entries["remaincredit"]?.integer, "the account")
    case .refused(let code): (nil, "refused with \(code)")
    case .unreadable(let status): (nil, "unreadable answer with status \(status)")
    case .unanswered(let failure): (nil, "\(failure)")
    }
  }
}

/// How a call of Kavenegar ended.
enum KavenegarAnswer: Sendable {
  /// `entries`: a list, or an object.
  case accepted(JSONElement)
  case refused(code: Int)
  /// Something answered that does not speak the interface.
  case unreadable(status: Int)
  case unanswered(HTTPFailure)

  private static let ok = 200

  /// The code within counts, whatever the status around it.
  init(_ response: HTTPResponse) {
    do {
      let answer = try JSONDocument(response.body).root
      guard let code = answer["return"]?["status"]?.integer else {
        self = .unreadable(status: response.status)
        return
      }
      if code != Self.ok {
        self = .refused(code: Int(clamping: code))
      } else if let entries = answer["entries"] {
        self = .accepted(entries)
      } else {
        self = .unreadable(status: response.status)
      }
    } catch {
      self = .unreadable(status: response.status)
    }
  }
}
