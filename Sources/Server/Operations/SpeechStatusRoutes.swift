import Conversation
import Hummingbird
import Speech
import Transport

/// `GET /orchestrator/stt-status` and `GET /orchestrator/tts-status`: who hears and who speaks, and
/// whether they did so lately. Nothing in it is private and nothing is called for it. Without a
/// recogniser the built-in one listens to texts it knows: `known-texts`, or `off` without it.
///
/// With `?probe=1`, for operators, the provider is called and the process that handles sound is
/// asked what it can do.
struct SpeechStatusRoutes: Sendable {
  let speech: SpeechDoor
  let apiKey: String?

  func add(to router: Router<AppContext>) {
    router.get("/orchestrator/stt-status") { request, _ in
      let abilities = try await abilities(for: request)
      return try await status(
        request, speech.recogniserService,
        builtIn: hears(abilities) ? BuiltIn(status: "known-texts") : nil,
        """
        ,"api":\(speech.recogniser?.dialect.map { JSONText.quoted($0.rawValue) } ?? "null")\
        \(abilities.map { ",\"readsKnownText\":\($0.reads)" } ?? "")
        """)
    }
    router.get("/orchestrator/tts-status") { request, _ in
      let abilities = try await abilities(for: request)
      let engines = abilities.map { abilities in
        abilities.engines.map { JSONText.quoted($0.rawValue) }.joined(separator: ",")
      }
      return try await status(
        request, speech.synthesiserService, builtIn: BuiltIn(status: "up"),
        engines.map { ",\"engines\":[\($0)]" } ?? "")
    }
  }

  /// What is there without a provider.
  private struct BuiltIn {
    let status: String
  }

  /// As far as is known: that the program is there, or what it says when it is asked.
  private func hears(_ abilities: WorkerAbilities?) -> Bool {
    speech.isInstalled && abilities?.reads != false
  }

  private func status(
    _ request: Request, _ service: SpeechService?, builtIn: BuiltIn?, _ more: String
  ) async throws -> Response {
    guard let service else {
      return .success(
        """
        {"status":"\(builtIn?.status ?? "off")",\
        "provider":\(builtIn == nil ? "null" : "\"built-in\"")\(more)}
        """)
    }
    var probed = ""
    var isUp = service.client.circuit != .open
    if isProbe(request) {
      let probe = await service.probe()
      isUp = probe.isUp
      probed = ",\"probe\":\(JSONText.quoted(probe.description))"
    }
    return .success(
      """
      {"status":"\(isUp ? "up" : "down")","provider":\(JSONText.quoted(service.client.name)),\
      "circuit":\(JSONText.quoted(service.client.circuit.rawValue))\(more)\(probed)}
      """)
  }

  /// - Returns: nil when nobody asked for them.
  private func abilities(for request: Request) async throws -> WorkerAbilities? {
    guard isProbe(request) else { return nil }
    try OperatorKey.require(apiKey, request)
    do throws(SpeechFault) {
      return try await speech.worker.abilities()
    } catch { return WorkerAbilities(reads: false, engines: []) }
  }

  private func isProbe(_ request: Request) -> Bool {
    request.uri.queryParameters["probe"] == "1"
  }
}
