import Synchronization

/// How each provider did when it was called last.
package final class ModelPulse: Sendable {
  package struct Call: Sendable, Equatable {
    package let ms: Int
    /// `answered`, or what went wrong: `slow`, `silent`, `half`, `invalid`, `refused` …
    package let outcome: String
  }

  private let calls = Mutex<[String: Call]>([:])

  init() {}

  subscript(provider: String) -> Call? { calls.withLock { $0[provider] } }

  func note(_ provider: String, _ call: Call) { calls.withLock { $0[provider] = call } }
}
