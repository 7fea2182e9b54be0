import Conversation
import Hummingbird
import Storage

/// `GET /gateway/webhook-logs?provider=&search=&before=&limit=` for operators.
struct WebhookLogRoutes: Sendable {
  static let limitDefault = 50

  let database: Database
  let apiKey: String?

  func add(to router: Router<AppContext>) {
    router.get("/gateway/webhook-logs") { request, _ in try await list(request) }
  }

  private func list(_ request: Request) async throws -> Response {
    try OperatorKey.require(apiKey, request)
    let query = request.uri.queryParameters
    let provider = query["provider"].map(String.init)
    let search = query["search"].map(String.init)
    let before = query["before"].flatMap { Int64($0) }
    let limit = query["limit"].flatMap { Int($0) } ?? Self.limitDefault
    let entries = try await database.read { transaction in
      try WebhookLog.search(
        provider: provider, text: search, before: before, limit: limit, in: transaction)
    }
    let items = entries.map { entry in
      """
      {"id":\(entry.id),"provider":\(JSONText.quoted(entry.provider)),\
      "receivedAt":\(entry.receivedAt.milliseconds),"payload":\(JSONText.quoted(entry.payload))}
      """
    }
    return .success("{\"logs\":[\(items.joined(separator: ","))]}")
  }
}
