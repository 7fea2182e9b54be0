import HTTPTypes
import Hummingbird

/// Answers 405 where a door exists but does not take that method; the router alone would say 404.
enum MethodGuard {
  private static let methods: [HTTPRequest.Method] = [.get, .post, .put, .patch, .delete]

  private static let doors: [(path: RouterPath, method: HTTPRequest.Method)] = [
    ("/", .get), ("/health", .get), ("/metrics", .get), ("/gateway/webhook-logs", .get),
    ("/gateway/webhook/telegram", .post), ("/gateway/webchat/:chatId/messages", .get),
    ("/gateway/webchat/:chatId/send", .post), ("/gateway/webchat/:chatId/stream", .get),
  ]

  private static let whatsApp: RouterPath = "/gateway/webhook/whatsapp"

  static func add(to router: Router<AppContext>) {
    for method in methods where method != .get && method != .post {
      router.on(whatsApp, method: method) { _, _ -> Response in
        throw HTTPFault.methodNotAllowed
      }
    }
    for door in doors {
      for method in methods where method != door.method {
        router.on(door.path, method: method) { _, _ -> Response in
          throw HTTPFault.methodNotAllowed
        }
      }
    }
  }
}
