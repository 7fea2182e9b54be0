import Conversation
import Transport

extension IncomingFileFault {
  init(_ failure: HTTPFailure) {
    switch failure {
    case .responseTooLarge: self = .tooLarge
    case .invalidRequest: self = .refused
    case .couldNotReach, .timedOutBeforeSending, .outcomeUnknown, .cancelled, .circuitOpen,
      .overloaded, .closed:
      self = .unreachable
    }
  }

  /// - Parameter status: of an answer that brings no file.
  init(status: Int) {
    switch status {
    case 404, 410: self = .gone
    case 408, 425, 429, 500...: self = .unreachable
    case _: self = .refused
    }
  }
}

extension MediaSignature {
  /// What an address gave, once it is a file of the kind that was announced.
  static func checked(
    _ response: HTTPResponse, _ kind: Content.Attachment.Kind
  ) throws(IncomingFileFault) -> [UInt8] {
    guard response.status == 200 else { throw IncomingFileFault(status: response.status) }
    guard !response.body.isEmpty else { throw .gone }
    guard fits(response.body, kind) else { throw .wrongKind }
    return response.body
  }
}
