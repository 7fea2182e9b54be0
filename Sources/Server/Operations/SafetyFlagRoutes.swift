import Conversation
import Hummingbird
import Practice
import Storage

/// `GET /api/v1/safety-flags?limit=` for operators: who may need a person, since when, and on which
/// conversation they can be written to. No word of what was said is in it.
struct SafetyFlagRoutes: Sendable {
  static let limitDefault = 50
  static let limits = 1...500

  let database: Database
  let apiKey: String?

  func add(to router: Router<AppContext>) {
    router.get("/api/v1/safety-flags") { request, _ in try await list(request) }
  }

  private func list(_ request: Request) async throws -> Response {
    try OperatorKey.require(apiKey, request)
    let asked = request.uri.queryParameters["limit"].flatMap { Int($0) } ?? Self.limitDefault
    let limit = min(max(asked, Self.limits.lowerBound), Self.limits.upperBound)
    let items = try await database.read { transaction in
      try SafetyStore.newest(limit: limit, in: transaction).map { flag in
        let record = try ConversationRecord.load(flag.conversation, in: transaction)
        return """
          {"kind":"\(flag.kind.rawValue)","at":\(flag.at.milliseconds),\
          "person":\(JSONText.quoted(flag.person.text)),\
          "conversation":\(JSONText.quoted(flag.conversation.text)),\
          "channel":\(record.map { JSONText.quoted($0.channel.rawValue) } ?? "null"),\
          "address":\(record.map { JSONText.quoted($0.externalID) } ?? "null")}
          """
      }
    }
    return .success("{\"flags\":[\(items.joined(separator: ","))]}")
  }
}
