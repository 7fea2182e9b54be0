import Conversation
import Foundation
import HTTPTypes
import Hummingbird
import Language
import NIOCore

/// What a door can answer instead of what was asked for: a closed set, each with its status and
/// its one envelope.
enum HTTPFault: Error, Equatable {
  case unauthorised
  case forbidden
  case notFound
  case methodNotAllowed
  case notDecodable(String)
  case tooLarge
  case unsupportedType
  case missingFields(String)
  /// Somebody else was faster; nothing was changed.
  case conflict(String)
  /// Content with faults, told one by one in `details`.
  case unsound([ContentFault])
  case tooManyRequests(retryAfterSeconds: Int)
  case unavailable
  case faulty

  var status: HTTPResponse.Status {
    switch self {
    case .unauthorised: .unauthorized
    case .forbidden: .forbidden
    case .notFound: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .notDecodable: .badRequest
    case .tooLarge: .contentTooLarge
    case .unsupportedType: .unsupportedMediaType
    case .missingFields, .unsound: .unprocessableContent
    case .conflict: .conflict
    case .tooManyRequests: .tooManyRequests
    case .unavailable: .serviceUnavailable
    case .faulty: .internalServerError
    }
  }

  var code: String {
    switch self {
    case .unauthorised: "unauthorised"
    case .forbidden: "forbidden"
    case .notFound: "not_found"
    case .methodNotAllowed: "method_not_allowed"
    case .notDecodable: "not_decodable"
    case .tooLarge: "too_large"
    case .unsupportedType: "unsupported_type"
    case .missingFields: "missing_fields"
    case .conflict: "conflict"
    case .unsound: "unsound_content"
    case .tooManyRequests: "too_many_requests"
    case .unavailable: "unavailable"
    case .faulty: "internal_error"
    }
  }

  /// What the caller can do about it.
  var message: String {
    switch self {
    case .unauthorised: "Say who you are: a secret or key is missing or wrong."
    case .forbidden: "This door is closed to you."
    case .notFound: "There is nothing at this address."
    case .methodNotAllowed: "This address does not take that method."
    case .notDecodable(let what): "The body could not be read: \(what)."
    case .tooLarge: "The body is too large."
    case .unsupportedType: "Send it as the type this address takes."
    case .missingFields(let what): "Something is missing or not as it should be: \(what)."
    case .conflict(let what): what
    case .unsound(let faults):
      "The content has \(faults.count == 1 ? "a fault" : "\(faults.count) faults"); see details."
    case .tooManyRequests: "Too many requests; wait a little."
    case .unavailable: "This cannot be stored right now; send it again later."
    case .faulty: "Something went wrong on our side."
    }
  }

  /// What is wrong, one by one, as JSON.
  private var details: String {
    guard case .unsound(let faults) = self else { return "null" }
    let items = faults.map { fault in
      """
      {"file":\(JSONText.quoted(fault.file)),"line":\(fault.line),\
      "problem":\(JSONText.quoted(fault.problem))}
      """
    }
    return "[\(items.joined(separator: ","))]"
  }

  func response(requestID: String) -> Response {
    let time = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    let body = """
      {"success":false,"error":{"code":\(JSONText.quoted(code)),\
      "message":\(JSONText.quoted(message)),"details":\(details),\
      "timestamp":\(JSONText.quoted(time)),"requestId":\(JSONText.quoted(requestID))}}
      """
    var response = Response.json(body, status: status)
    if case .tooManyRequests(let seconds) = self {
      response.headers[.retryAfter] = String(seconds)
    }
    return response
  }
}

extension Response {
  /// A response whose body is the JSON given.
  static func json(_ body: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status,
      headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
  }

  /// The envelope of a success; `data` is JSON.
  static func success(_ data: String, status: HTTPResponse.Status = .ok) -> Response {
    json("{\"success\":true,\"data\":\(data)}", status: status)
  }
}
