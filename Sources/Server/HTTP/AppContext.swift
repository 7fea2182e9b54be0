import Hummingbird
import NIOCore

/// What a route knows about the request beside the request itself.
struct AppContext: RequestContext, RemoteAddressRequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: SocketAddress?
  /// Names the request in its answer and in the log.
  let requestID = "\(RequestID())"

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = source.channel.remoteAddress
  }
}
