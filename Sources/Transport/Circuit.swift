/// Whether calls to a provider go out.
package enum CircuitState: String, Sendable {
  case closed
  case halfOpen = "half-open"
  case open
}

/// When calls to a provider that is down are stopped, and tried again: closed, open after too many
/// failures, then one trial at a time until one is answered. A value without a clock.
struct Circuit: Sendable {
  typealias Instant = ContinuousClock.Instant

  /// Leave to call, to be given back with how the call ended.
  struct Permit: Sendable, Equatable {
    fileprivate let era: Int
  }

  enum Admission: Sendable, Equatable {
    case allowed(Permit)
    case refused(waitMs: Int)
  }

  enum Verdict: Sendable {
    /// The provider spoke, be it to refuse.
    case answered
    /// It could not be reached, did not answer, or failed on its side.
    case failed
    /// The call ended for a reason of our own.
    case withdrawn
  }

  private enum Phase {
    case closed
    case open(until: Instant)
    case trying(since: Instant)
  }

  /// How long others wait while a trial is under way: at least this, and as long as it has taken.
  static let trialPollMsMin = 250

  let rules: CircuitRules
  private var phase = Phase.closed
  /// Grows with each change of phase: what was begun before has no say after.
  private var era = 0
  private var failuresInRow = 0
  private var trialsFailed = 0
  private var window: CircuitWindow

  init(rules: CircuitRules) {
    self.rules = rules
    window = CircuitWindow(spanMs: rules.windowMs)
  }

  func state(at now: Instant) -> CircuitState {
    switch phase {
    case .closed: .closed
    case .open(let until): until > now ? .open : .halfOpen
    case .trying: .halfOpen
    }
  }

  mutating func admit(at now: Instant) -> Admission {
    switch phase {
    case .closed: return .allowed(Permit(era: era))
    case .open(let until) where until > now:
      return .refused(waitMs: max(1, milliseconds(until - now)))
    case .open:
      enter(.trying(since: now))
      return .allowed(Permit(era: era))
    case .trying(let since):
      let waitMs = max(Self.trialPollMsMin, milliseconds(now - since))
      return .refused(waitMs: min(waitMs, rules.openMsMax))
    }
  }

  mutating func settle(_ permit: Permit, _ verdict: Verdict, at now: Instant) {
    guard permit.era == era else { return }
    switch (phase, verdict) {
    case (.closed, .answered):
      failuresInRow = 0
      window.note(isFailure: false, at: now)
    case (.closed, .failed):
      failuresInRow += 1
      window.note(isFailure: true, at: now)
      if isTooMuch { open(at: now) }
    case (.trying, .answered):
      trialsFailed = 0
      failuresInRow = 0
      window = CircuitWindow(spanMs: rules.windowMs)
      enter(.closed)
    case (.trying, .failed):
      trialsFailed += 1
      open(at: now)
    // Nothing was learnt: whoever calls next is the trial.
    case (.trying, .withdrawn): enter(.open(until: now))
    case (.closed, .withdrawn), (.open, _): break
    }
  }

  private func milliseconds(_ duration: Duration) -> Int { Int(duration / .milliseconds(1)) }

  private var isTooMuch: Bool {
    failuresInRow >= rules.failuresInRowMax
      || (window.calls >= rules.callsMin && window.failureShare > rules.failureShareMax)
  }

  /// Each failed trial doubles the wait, up to a bound.
  private mutating func open(at now: Instant) {
    let doublings = min(trialsFailed, 16)
    let waitMs = min(rules.openMsMax, rules.openMs << doublings)
    enter(.open(until: now + .milliseconds(waitMs)))
  }

  private mutating func enter(_ next: Phase) {
    phase = next
    era += 1
  }
}

/// When a circuit opens, and for how long.
package struct CircuitRules: Sendable {
  /// So many failures one after another open it.
  package var failuresInRowMax: Int
  /// So large a share of failures among at least `callsMin` calls of the last while opens it, too.
  package var failureShareMax: Double
  package var callsMin: Int
  package var windowMs: Int
  /// How long it stays open at first, and at most after failed trials.
  package var openMs: Int
  package var openMsMax: Int

  package init(
    failuresInRowMax: Int = 10, failureShareMax: Double = 0.5, callsMin: Int = 20,
    windowMs: Int = 30_000, openMs: Int = 1_000, openMsMax: Int = 30_000
  ) {
    self.failuresInRowMax = failuresInRowMax
    self.failureShareMax = failureShareMax
    self.callsMin = callsMin
    self.windowMs = windowMs
    self.openMs = openMs
    self.openMsMax = openMsMax
  }
}

/// How the calls of the last while went, in two halves of which the older is dropped at once.
private struct CircuitWindow: Sendable {
  private struct Half {
    var calls = 0
    var failures = 0
  }

  private let half: Duration
  private var start: ContinuousClock.Instant?
  private var current = Half()
  private var earlier = Half()

  init(spanMs: Int) { half = .milliseconds(spanMs) / 2 }

  var calls: Int { current.calls + earlier.calls }
  var failureShare: Double {
    Double(current.failures + earlier.failures) / Double(max(1, calls))
  }

  mutating func note(isFailure: Bool, at now: ContinuousClock.Instant) {
    let age = now - (start ?? now)
    if start == nil || age >= half {
      earlier = age < half * 2 ? current : Half()
      current = Half()
      start = now
    }
    current.calls += 1
    if isFailure { current.failures += 1 }
  }
}
