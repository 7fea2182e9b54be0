import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// `map` on all cores, which holds the caller's thread until the last element is done: for start,
  /// when somebody waits for all of it and nothing else runs.
  package func concurrentMap<Value: Sendable>(
    _ transform: @Sendable (Element) -> Value
  ) -> [Value] {
    let values = Mutex([Value?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let value = transform(self[index])
      values.withLock { $0[index] = value }
    }
    return values.withLock { $0.compactMap(\.self) }
  }
}
