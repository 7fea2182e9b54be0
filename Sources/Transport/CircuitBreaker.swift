import Synchronization

/// A circuit with a clock, for many callers.
package final class CircuitBreaker: Sendable {
  private let circuit: Mutex<Circuit>
  private let now: @Sendable () -> ContinuousClock.Instant

  package init(
    rules: CircuitRules = CircuitRules(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    circuit = Mutex(Circuit(rules: rules))
    self.now = now
  }

  package var state: CircuitState {
    let now = now()
    return circuit.withLock { $0.state(at: now) }
  }

  func admit() -> Circuit.Admission {
    let now = now()
    return circuit.withLock { $0.admit(at: now) }
  }

  func settle(_ permit: Circuit.Permit, _ verdict: Circuit.Verdict) {
    let now = now()
    circuit.withLock { $0.settle(permit, verdict, at: now) }
  }
}

extension Circuit.Verdict {
  /// A refusal shows that the provider is there; a fault on its side does not.
  init(status: Int) { self = status >= 500 ? .failed : .answered }

  init(_ failure: HTTPFailure) {
    switch failure {
    case .couldNotReach, .timedOutBeforeSending, .outcomeUnknown: self = .failed
    case .responseTooLarge: self = .answered
    case .cancelled, .circuitOpen, .closed, .invalidRequest, .overloaded: self = .withdrawn
    }
  }
}
