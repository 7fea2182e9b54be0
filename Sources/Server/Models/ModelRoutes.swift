import Conversation
import Hummingbird
import Language
import Transport

/// `GET /orchestrator/llm-status` for operators: who is asked, whether they are there, how the last
/// call went.
struct ModelRoutes: Sendable {
  let door: ModelDoor?
  let apiKey: String?

  func add(to router: Router<AppContext>) {
    router.get("/orchestrator/llm-status") { request, _ in try await status(request) }
  }

  private func status(_ request: Request) async throws -> Response {
    try OperatorKey.require(apiKey, request)
    guard let door else { return .success("{\"configured\":false,\"providers\":[]}") }
    let providers = await door.status().map { provider, probe in
      let last = door.chain.lastCall(of: provider)
      return """
        {"provider":\(JSONText.quoted(provider.client.name)),\
        "model":\(JSONText.quoted(provider.model)),\
        "reachable":\(probe != .unreachable),"state":"\(probe.rawValue)",\
        "circuit":"\(provider.client.circuit.rawValue)",\
        "lastCallMs":\(last.map { String($0.ms) } ?? "null"),\
        "lastOutcome":\(last.map { JSONText.quoted($0.outcome) } ?? "null")}
        """
    }
    return .success("{\"configured\":true,\"providers\":[\(providers.joined(separator: ","))]}")
  }
}
