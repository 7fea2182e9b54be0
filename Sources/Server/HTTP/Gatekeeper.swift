import HTTPTypes
import Hummingbird
import CoreMetrics
import Logging

/// Stands before every route: security headers, one error envelope, counting, and the log line of
/// what went wrong.
struct Gatekeeper: RouterMiddleware {
  typealias Context = AppContext

  private let counters = RequestCounters()

  func handle(
    _ request: Request, context: AppContext,
    next: @concurrent (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    let requestID = context.requestID
    var response: Response
    do {
      response = try await next(request, context)
    } catch let fault as HTTPFault {
      response = fault.response(requestID: requestID)
    } catch let error as any HTTPResponseError {
      response = Self.fault(for: error.status).response(requestID: requestID)
    } catch {
      context.logger.error(
        "a request failed",
        metadata: [
          "requestId": .string(requestID), "fault": .string("\(type(of: error))"),
          "path": .string(context.endpointPath ?? "unknown"),
        ])
      response = HTTPFault.faulty.response(requestID: requestID)
    }
    Self.secure(&response)
    response.headers[.requestID] = requestID
    count(response.status, context)
    return response
  }

  private static func fault(for status: HTTPResponse.Status) -> HTTPFault {
    switch status {
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .contentTooLarge: .tooLarge
    case .badRequest: .notDecodable("malformed request")
    case _: .faulty
    }
  }

  /// Headers for answers that are not pages; pages set their own policy.
  private static func secure(_ response: inout Response) {
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "no-referrer"
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
    }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
  }

  private func count(_ status: HTTPResponse.Status, _ context: AppContext) {
    counters.counter(path: context.endpointPath ?? "none", status: status.code).increment()
  }
}

extension HTTPField.Name {
  static var referrerPolicy: HTTPField.Name { known("Referrer-Policy") }
  static var requestID: HTTPField.Name { known("X-Request-Id") }
  static var hubSignature: HTTPField.Name { known("X-Hub-Signature-256") }
  static var forwardedFor: HTTPField.Name { known("X-Forwarded-For") }
  static var internalAPIKey: HTTPField.Name { known("X-Internal-Api-Key") }
  static var forwardedHost: HTTPField.Name { known("X-Forwarded-Host") }
  static var forwardedProtocol: HTTPField.Name { known("X-Forwarded-Proto") }
  static var twilioSignature: HTTPField.Name { known("X-Twilio-Signature") }
  static var telegramSecret: HTTPField.Name { known("X-Telegram-Bot-Api-Secret-Token") }

  private static func known(_ name: String) -> HTTPField.Name {
    guard let field = HTTPField.Name(name) else {
      preconditionFailure("\(name) is a valid field name")
    }
    return field
  }
}
