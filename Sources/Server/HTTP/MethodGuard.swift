import HTTPTypes
import Hummingbird

/// Answers 405 where a door exists but does not take that method; the router alone would say 404.
enum MethodGuard {
  private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]

  private static let doors: [(path: RouterPath, method: HTTPRequest.Method)] = [
    ("/", .get), ("/health", .get), ("/metrics", .get), ("/gateway/webhook-logs", .get),
    ("/gateway/webhook/telegram", .post), ("/gateway/webchat/:chatId/messages", .get),
    ("/privacy/export/:token", .get), ("/media/:token", .get),
    ("/gateway/webchat/:chatId/media/:id", .get),
    ("/gateway/webchat/:chatId/send", .post), ("/gateway/webchat/:chatId/stream", .get),
    ("/gateway/webhook/sms/twilio", .post), ("/api/v1/sms/bulk", .post),
    ("/api/v1/safety-flags", .get),
    ("/api/v1/sms/bulk/:id", .get), ("/api/v1/content/audio", .get),
    ("/api/v1/content/export", .get), ("/api/v1/content/import", .post),
    ("/api/v1/content/drafts", .post), ("/api/v1/content/drafts/:id", .get),
    ("/api/v1/content/lessons/:id/yaml", .get), ("/api/v1/content/lessons/:id/history", .get),
    ("/api/v1/content/lessons/:id/statistics", .get),
    ("/api/v1/content/lessons/:id/publish", .post),
    ("/api/v1/content/lessons/:id/unpublish", .post),
  ]
  /// These take two.
  private static let readAndPosted: [RouterPath] = [
    "/gateway/webhook/sms/kavenegar", "/gateway/webhook/whatsapp", "/api/v1/content/lessons",
  ]

  static func add(to router: Router<AppContext>) {
    for door in doors {
      for method in methods where method != door.method { refuse(door.path, method, router) }
    }
    for method in methods where method != .get && method != .put {
      refuse("/api/v1/content/lessons/:id", method, router)
    }
    for path in readAndPosted {
      for method in methods where method != .post && method != .get {
        refuse(path, method, router)
      }
    }
  }

  private static func refuse(
    _ path: RouterPath, _ method: HTTPRequest.Method, _ router: Router<AppContext>
  ) {
    router.on(path, method: method) { _, _ -> Response in throw HTTPFault.methodNotAllowed }
  }
}
