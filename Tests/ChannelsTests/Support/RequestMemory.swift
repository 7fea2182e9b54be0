import Synchronization

/// The requests a server has seen, each as it came.
final class RequestMemory: Sendable {
  private let requests = Mutex<[String]>([])

  var all: [String] { requests.withLock { $0 } }

  func note(_ request: String) { requests.withLock { $0.append(request) } }
}
