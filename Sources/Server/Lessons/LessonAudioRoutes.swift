import Hummingbird
import Storage

/// `GET /api/v1/content/audio` for operators: how much of what lessons say aloud is ready.
struct LessonAudioRoutes: Sendable {
  let voices: LessonVoices
  let database: Database
  let apiKey: String?

  func add(to router: Router<AppContext>) {
    router.get("/api/v1/content/audio") { request, _ in try await show(request) }
  }

  private func show(_ request: Request) async throws -> Response {
    try OperatorKey.require(apiKey, request)
    let shelf = try await voices.now(database)
    let counts = try await database.read { try shelf.counts(in: $0) }
    return .success(
      """
      {"wanted":\(counts.wanted),"ready":\(counts.ready),"missing":\(counts.missing),\
      "failed":\(counts.failed),"orphaned":\(counts.orphaned),"bytes":\(counts.bytes)}
      """)
  }
}
