import Metrics
import Synchronization

/// One counter for each pair of route and status, looked up on every request.
final class RequestCounters: Sendable {
  private struct Key: Hashable {
    let path: String
    let status: Int
  }

  private let counters = Mutex<[Key: Counter]>([:])

  func counter(path: String, status: Int) -> Counter {
    counters.withLock { counters in
      let key = Key(path: path, status: status)
      if let known = counters[key] { return known }
      let counter = Counter(
        label: "parlance_http_requests_total",
        dimensions: [("path", path), ("status", "\(status)")])
      counters[key] = counter
      return counter
    }
  }
}
