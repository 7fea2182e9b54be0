import Conversation
import HTTPTypes
import Hummingbird
import Storage

/// `GET /media/:token`: a file that went as a link, where the channel carries none.
struct MediaRoutes: Sendable {
  static let perAddress = AddressLimiter.Rate(perSecond: 20, burst: 100)

  private let service: ConversationService
  private let addresses: AddressLimiter

  init(_ program: Program) {
    service = program.service
    addresses = AddressLimiter(
      Self.perAddress, trustedProxies: program.settings.trustedProxies)
  }

  func add(to router: Router<AppContext>) {
    router.get("/media/:token") { request, context in try await file(request, context) }
  }

  private func file(_ request: Request, _ context: AppContext) async throws -> Response {
    let now = service.time.now()
    try addresses.admit(addresses.address(of: request, context), at: now)
    let token = try context.parameters.require("token")
    guard token.utf8.count == MediaLinks.tokenLength else { throw HTTPFault.notFound }
    let file = try await service.database.read {
      try MediaLinks.open(token, at: now, in: $0)
    }
    guard let file else { throw HTTPFault.notFound }
    return .file(file, range: request.headers[.range])
  }
}
