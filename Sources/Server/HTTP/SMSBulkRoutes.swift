import Channels
import Conversation
import HTTPTypes
import Hummingbird
import Storage
import Transport

/// `POST /api/v1/sms/bulk` and `GET /api/v1/sms/bulk/:id`, for operators.
struct SMSBulkRoutes: Sendable {
  /// Five hundred numbers and a text are far smaller.
  static let bodyBytesMax = 256 << 10

  let service: ConversationService
  let queue: WorkQueue
  let apiKey: String?
  let isOn: Bool
  let stopList: StopList?
  let window: SMSWindow
  let wakeWorkers: @Sendable () -> Void

  func add(to router: Router<AppContext>) {
    router.post("/api/v1/sms/bulk") { request, _ in try await take(request) }
    router.get("/api/v1/sms/bulk/:id") { request, context in
      try OperatorKey.require(apiKey, request)
      return try await results(context.parameters.require("id"))
    }
  }

  private func take(_ request: Request) async throws -> Response {
    try OperatorKey.require(apiKey, request)
    try request.requireJSON()
    guard isOn else { throw HTTPFault.missingFields("no SMS provider is set up") }
    let order = try Self.order(try await request.body(bytesMax: Self.bodyBytesMax))
    let now = service.time.now()
    do {
      let isNew = try await service.database.write { [queue, window, stopList] transaction in
        let isNew = try SMSBulk.take(
          order, limit: window, stopList: stopList, at: now, in: transaction)
        if isNew { try queue.enqueue(SMSJobs.bulkRequest(order.id), at: now, in: transaction) }
        return isNew
      }
      wakeWorkers()
      let response = try await results(order.id)
      return isNew ? Response(response, status: .accepted) : response
    } catch let fault as SMSBulk.Fault {
      throw Self.fault(fault)
    } catch let error as StorageError where error.meansTryAgain {
      throw HTTPFault.unavailable
    }
  }

  private func results(_ id: String) async throws -> Response {
    let results = try await service.database.read { try SMSBulk.results(of: id, in: $0) }
    guard let results else { throw HTTPFault.notFound }
    let items = results.map { result in
      """
      {"number":\(JSONText.quoted(result.number)),"state":"\(result.state.rawValue)",\
      "reason":\(result.reason.map(JSONText.quoted) ?? "null"),\
      "providerId":\(result.providerID.map(JSONText.quoted) ?? "null")}
      """
    }
    return .success(
      "{\"id\":\(JSONText.quoted(id)),\"receptors\":[\(items.joined(separator: ","))]}")
  }

  private static func order(_ bytes: [UInt8]) throws(HTTPFault) -> SMSBulk.Order {
    let root: JSONElement
    do { root = try JSONDocument(bytes).root } catch { throw .notDecodable("it is not JSON") }
    guard let id = root["id"]?.string, let text = root["text"]?.string,
      let receptors = root["receptors"], receptors.isArray
    else { throw .missingFields("an order has an id, a text and receptors") }
    let numbers = receptors.items.compactMap(\.string)
    guard numbers.count == receptors.items.count else {
      throw .missingFields("receptors are numbers as text")
    }
    guard let purpose = root["purpose"]?.string.flatMap(Purpose.init) else {
      throw .missingFields(Self.purposes)
    }
    return SMSBulk.Order(id: id, purpose: purpose, text: text, receptors: numbers)
  }

  private static let purposes =
    "an order says what it is for: its purpose is service, reminders or marketing"

  private static func fault(_ fault: SMSBulk.Fault) -> HTTPFault {
    switch fault {
    case .badID: .missingFields("the id has 1 to \(SMSBulk.idLengthMax) of A-Z a-z 0-9 - _")
    case .badPurpose: .missingFields(purposes)
    case .noText: .missingFields("there is no text")
    case .textTooLong: .missingFields("the text has more than \(SMSBulk.textLengthMax) characters")
    case .noReceptors: .missingFields("there are no receptors")
    case .tooManyReceptors:
      .missingFields("there are more than \(SMSBulk.receptorsMax) receptors")
    case .tooOften(let retryAfterMs):
      .tooManyRequests(retryAfterSeconds: Int((retryAfterMs + 999) / 1_000))
    }
  }
}

extension Response {
  fileprivate init(_ response: Response, status: HTTPResponse.Status) {
    self = response
    self.status = status
  }
}

/// The key that opens the doors meant for operators.
enum OperatorKey {
  /// - Throws: `HTTPFault.forbidden` when the doors are shut, `HTTPFault.unauthorised`.
  static func require(_ apiKey: String?, _ request: Request) throws(HTTPFault) {
    guard let apiKey else { throw .forbidden }
    let bearer = request.headers[.authorization].flatMap { value in
      value.hasPrefix("Bearer ") ? String(value.dropFirst("Bearer ".count)) : nil
    }
    guard let given = request.headers[.internalAPIKey] ?? bearer, Secrets.equal(given, apiKey)
    else { throw .unauthorised }
  }
}
