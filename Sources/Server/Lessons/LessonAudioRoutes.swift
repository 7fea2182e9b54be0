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
    // A write, as only those take up what has been published since.
    let counts = try await database.write { [voices] in try voices.now(in: $0).counts(in: $0) }
    return .success(
      """
      {"wanted":\(counts.wanted),"ready":\(counts.ready),"missing":\(counts.missing),\
      "failed":\(counts.failed),"orphaned":\(counts.orphaned),"bytes":\(counts.bytes)}
      """)
  }
}
