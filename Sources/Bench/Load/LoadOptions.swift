/// What to send, where, over how many connections and for how long.
package struct LoadOptions: Sendable {
  package enum Limit: Sendable {
    case seconds(Double)
    case requests(Int)
  }

  package var url: String
  package var method = "POST"
  package var headers: [(name: String, value: String)] = []
  package var connections = 64
  package var limit = Limit.seconds(10)
  /// Makes the body of request number 0, 1, 2, …; called on the event loop, so it must be quick.
  package var body: @Sendable (_ sequence: Int) -> [UInt8] = { _ in [] }

  package init(url: String) { self.url = url }
}

package enum LoadFault: Error, Equatable, CustomStringConvertible {
  case urlNotUsable(String)
  case unreachable(host: String, port: Int)

  package var description: String {
    switch self {
    case .urlNotUsable(let url): "\(url) is not an http:// address"
    case .unreachable(let host, let port): "nothing listens on \(host):\(port)"
    }
  }
}
