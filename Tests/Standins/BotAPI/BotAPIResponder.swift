import HTTPTypes
import Hummingbird
import NIOCore

/// Knows the connection it serves, to be able to break it.
struct BotAPIContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = .init(source: source)
    channel = source.channel
  }
}

/// The stand-in's HTTP side.
struct BotAPIResponder: HTTPResponder {
  private static let bodyBytesMax = 60 << 20

  struct ConnectionClosed: Error {}

  let ledger: BotAPILedger

  func respond(to request: Request, context: BotAPIContext) async throws -> Response {
    let path = request.uri.path
    let filePrefix = "/file/bot\(BotAPIStandin.token)/files/"
    if path.hasPrefix(filePrefix) { return download(String(path.dropFirst(filePrefix.count))) }
    let prefix = "/bot\(BotAPIStandin.token)/"
    guard path.hasPrefix(prefix) else {
      return path.hasPrefix("/bot")
        ? try refusal(401, "Unauthorized") : try refusal(404, "Not Found")
    }
    let method = String(path.dropFirst(prefix.count))
    var request = request
    let buffer = try await request.collectBody(upTo: Self.bodyBytesMax)
    let parameters: RequestBody.Parameters
    do {
      parameters = try RequestBody.parameters(
        query: request.uri.query, contentType: request.headers[.contentType],
        body: Array(buffer.readableBytesView))
    } catch {
      ledger.report([BotAPIViolation(method: method, path: "", fault: .undecodable)])
      return try refusal(400, "Bad Request: object expected as request body")
    }
    let refused = refusedOutcome(validate(method, parameters))
    let (number, plan) = ledger.receive(method, parameters, refusal: refused)
    return try await carryOut(plan, number, parameters, context)
  }

  private func validate(
    _ method: String, _ parameters: RequestBody.Parameters
  ) -> [BotAPIViolation] {
    guard let specification = ledger.specification else { return [] }
    let violations = BotAPIValidator.violations(
      in: BotAPIRequest(
        method: method, parameters: parameters.values, files: Set(parameters.files.keys),
        isForm: parameters.isForm), specification)
    if !violations.isEmpty { ledger.report(violations) }
    return violations
  }

  /// Telegram ignores parameters it does not know and refuses all else that is wrong.
  private func refusedOutcome(_ violations: [BotAPIViolation]) -> BotAPIWorld.Outcome? {
    guard let first = violations.first(where: { $0.fault != .unknownParameter }) else {
      return nil
    }
    switch first.fault {
    case .unknownMethod:
      return .refusal(status: 404, "Not Found: method not found")
    case .cannotParseEntities(let reason):
      return .refusal(status: 400, "Bad Request: can't parse entities: \(reason)")
    case .tooLong where first.path == "text":
      return .refusal(status: 400, "Bad Request: message is too long")
    case .tooShort where first.path == "text":
      return .refusal(status: 400, "Bad Request: message text is empty")
    case .missing, .notExactlyOneAction, .tooLong, .tooShort, .undecodable, .unknownParameter,
      .unknownValue, .wrongType:
      return .refusal(status: 400, "Bad Request: invalid \(first.path)")
    }
  }

  private func carryOut(
    _ plan: BotAPILedger.Plan, _ number: Int, _ parameters: RequestBody.Parameters,
    _ context: BotAPIContext
  ) async throws -> Response {
    switch plan {
    case .answer(let outcome):
      return try response(outcome)
    case .answerLate(let outcome, let milliseconds):
      try await context.channel.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) {}
        .futureResult.get()
      return try response(outcome)
    case .close:
      return try await close(context)
    case .garbage:
      return Response(
        status: .ok, headers: [.contentType: "text/html"],
        body: .init(byteBuffer: ByteBuffer(string: "<html>a gateway answered instead</html>")))
    case .hang:
      guard await ledger.hang(number) else { return try await close(context) }
      return try response(ledger.resumeHung(number))
    case .poll:
      return try await poll(number, parameters.values, context)
    case .refuse(let status, let description, let parameters):
      return try refusal(status, description, parameters: parameters)
    }
  }

  private func close(_ context: BotAPIContext) async throws -> Response {
    try await context.channel.close().get()
    throw ConnectionClosed()
  }

  private func poll(
    _ number: Int, _ parameters: [String: JSONValue], _ context: BotAPIContext
  ) async throws -> Response {
    let outcome = ledger.withWorld { $0.takeUpdates(parameters) }
    let seconds = parameters["timeout"]?.integer ?? 0
    guard outcome == .result([]), seconds > 0 else { return try response(outcome) }
    let ledger = ledger
    let expiry = context.channel.eventLoop.scheduleTask(in: .seconds(seconds)) {
      ledger.endPoll(number)
    }
    let wake = await ledger.waitForUpdates(number)
    expiry.cancel()
    switch wake {
    case .elapsed: return try response(.result([]))
    case .updates: return try response(ledger.withWorld { $0.takeUpdates(parameters) })
    case .stopped: return try await close(context)
    case .conflict:
      return try refusal(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
          + "is running")
    }
  }

  private func download(_ fileID: String) -> Response {
    guard let bytes = ledger.withWorld({ $0.files[fileID] }) else {
      return Response(status: .notFound)
    }
    return Response(
      status: .ok, headers: [.contentType: "application/octet-stream"],
      body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  // MARK: Answers

  private func response(_ outcome: BotAPIWorld.Outcome) throws -> Response {
    switch outcome {
    case .result(let result, _):
      try json(.ok, ["ok": true, "result": result])
    case .refusal(let status, let description):
      try refusal(status, description)
    }
  }

  private func refusal(
    _ status: Int, _ description: String, parameters: JSONValue? = nil
  ) throws -> Response {
    var members: [String: JSONValue] = [
      "ok": false, "error_code": .integer(Int64(status)), "description": .string(description),
    ]
    members["parameters"] = parameters
    return try json(.init(code: status), .object(members))
  }

  private func json(_ status: HTTPResponse.Status, _ value: JSONValue) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try value.encoded())))
  }
}
