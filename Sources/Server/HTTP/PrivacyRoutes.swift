import Accounts
import Conversation
import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// `GET /privacy/export/:token`: a person's data as a file, once.
struct PrivacyRoutes: Sendable {
  private static let tokenLengths = 20...128

  let accounts: Accounts
  let service: ConversationService

  func add(to router: Router<AppContext>) {
    router.get("/privacy/export/:token") { _, context in try await export(context) }
  }

  private func export(_ context: AppContext) async throws -> Response {
    let token = try context.parameters.require("token")
    guard Self.tokenLengths.contains(token.utf8.count) else { throw HTTPFault.notFound }
    let json: String?
    do {
      json = try await accounts.redeemExport(
        token, at: service.time.now(), from: service.database)
    } catch let error as StorageError where error.meansTryAgain {
      throw HTTPFault.unavailable
    }
    guard let json else { throw HTTPFault.notFound }
    var response = Response.json(json)
    response.headers[.contentDisposition] = "attachment; filename=\"\(Accounts.exportFileName)\""
    return response
  }
}
