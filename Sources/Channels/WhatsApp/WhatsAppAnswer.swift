import Transport

/// How a call of the Graph API ended.
enum WhatsAppAnswer: Sendable {
  case accepted(JSONElement)
  case refused(WhatsAppRefusal)
  /// Something answered that does not speak the Graph API: a proxy, a login page.
  case unreadable(status: Int)
  case unanswered(HTTPFailure)

  init(_ response: HTTPResponse) {
    do {
      let answer = try JSONDocument(response.body).root
      if let error = answer["error"], error.isObject {
        self = .refused(WhatsAppRefusal(error, response))
      } else if (200..<300).contains(response.status), answer.isObject {
        self = .accepted(answer)
      } else {
        self = .unreadable(status: response.status)
      }
    } catch {
      self = .unreadable(status: response.status)
    }
  }
}

/// Why the Graph API said no.
struct WhatsAppRefusal: Sendable, Equatable {
  private static let retryAfterSecondsMax: Int64 = 86_400

  let error: WhatsAppError
  let status: Int
  let isTransient: Bool
  /// What a refusal to wait asks for, when it does.
  let retryAfterMs: Int64?

  init(_ error: JSONElement, _ response: HTTPResponse) {
    self.error = WhatsAppError(code: WhatsAppError.code(error))
    status = response.status
    isTransient = error["is_transient"]?.bool == true
    retryAfterMs = response.headers["Retry-After"].flatMap(Int64.init).map {
      max(1, min($0, Self.retryAfterSecondsMax)) * 1_000
    }
  }
}
