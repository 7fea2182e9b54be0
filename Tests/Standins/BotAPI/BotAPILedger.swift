import NIOCore
import Synchronization

/// What the stand-in knows, under one lock: the world, the calls, the scripts and who waits.
final class BotAPILedger: Sendable {
  /// What the responder is to do with a call.
  enum Plan: Sendable {
    case answer(BotAPIWorld.Outcome)
    case answerLate(BotAPIWorld.Outcome, milliseconds: Int64)
    case close
    case garbage
    case hang
    case poll
    case refuse(status: Int, description: String, parameters: JSONValue?)
  }

  enum Wake: Sendable {
    case conflict, elapsed, stopped, updates
  }

  private struct Waiter {
    var remaining: Int
    let matches: @Sendable (BotAPICall) -> Bool
    let continuation: CheckedContinuation<BotAPICall, any Error>
    var expiry: Scheduled<Void>?
  }

  private struct State {
    var world = BotAPIWorld()
    var calls: [BotAPICall] = []
    var callCount = 0
    var violations: [BotAPIViolation] = []
    var scripts: [Script] = []
    var waiters: [Int: Waiter] = [:]
    var waiterCount = 0
    /// By the number of the call; empty until its responder waits, gone once it is released.
    var hung: [Int: CheckedContinuation<Bool, Never>?] = [:]
    var poll: (number: Int, continuation: CheckedContinuation<Wake, Never>)?
    var isStopped = false
  }

  private static let callsMax = 200_000
  private static let violationsMax = 1_000

  let specification: BotAPISpecification?
  private let state = Mutex(State())

  init(specification: BotAPISpecification?) {
    self.specification = specification
  }

  var calls: [BotAPICall] { state.withLock { $0.calls } }
  var violations: [BotAPIViolation] { state.withLock { $0.violations } }

  var summary: String {
    let counts = state.withLock { state in
      Dictionary(state.calls.map { ($0.method, 1) }, uniquingKeysWith: +)
    }
    return counts.sorted { $0.key < $1.key }.map { "\($0.key) ×\($0.value)" }
      .joined(separator: ", ")
  }

  func withWorld<Value: Sendable>(_ body: (inout BotAPIWorld) -> Value) -> Value {
    state.withLock { body(&$0.world) }
  }

  // MARK: Calls

  func report(_ violations: [BotAPIViolation]) {
    state.withLock { state in
      let room = Self.violationsMax - state.violations.count
      state.violations += violations.prefix(max(0, room))
    }
  }

  /// Notes a call, does what it asks for unless a script says otherwise, and tells who waits.
  func receive(
    _ method: String, _ parameters: RequestBody.Parameters, refusal: BotAPIWorld.Outcome?
  ) -> (number: Int, plan: Plan) {
    let (call, plan, finished) = state.withLock { state in
      state.callCount += 1
      var call = BotAPICall(
        number: state.callCount, method: method, parameters: parameters.values,
        files: parameters.files, treatment: .done)
      let plan = Self.plan(&call, &state, refusal: refusal)
      state.calls.append(call)
      if state.calls.count > Self.callsMax { state.calls.removeFirst(Self.callsMax / 2) }
      return (call, plan, Self.matchingWaiters(call, &state))
    }
    for waiter in finished {
      waiter.expiry?.cancel()
      waiter.continuation.resume(returning: call)
    }
    return (call.number, plan)
  }

  private static func plan(
    _ call: inout BotAPICall, _ state: inout State, refusal: BotAPIWorld.Outcome?
  ) -> Plan {
    switch takeScript(for: call, &state) {
    case nil:
      if let refusal { return .answer(note(refusal, in: &call)) }
      return call.method == "getUpdates" ? .poll : .answer(perform(&call, &state))
    case .refuse(let status, let description, let parameters):
      call.treatment = .refused(status: status)
      return .refuse(status: status, description: description, parameters: parameters)
    case .hang:
      call.treatment = .ignored
      state.hung[call.number] = .some(nil)
      return .hang
    case .closeBefore:
      call.treatment = .ignored
      return .close
    case .closeAfter:
      _ = perform(&call, &state)
      call.treatment = .doneSilently
      return .close
    case .garbage:
      _ = perform(&call, &state)
      call.treatment = .doneSilently
      return .garbage
    case .slow(let milliseconds):
      return .answerLate(perform(&call, &state), milliseconds: milliseconds)
    }
  }

  private static func takeScript(for call: BotAPICall, _ state: inout State) -> ScriptedAnswer? {
    guard let index = state.scripts.firstIndex(where: { $0.applies(to: call) }) else { return nil }
    let answer = state.scripts[index].answer
    state.scripts[index].remaining -= 1
    if state.scripts[index].remaining <= 0 { state.scripts.remove(at: index) }
    return answer
  }

  private static func perform(
    _ call: inout BotAPICall, _ state: inout State
  ) -> BotAPIWorld.Outcome {
    note(state.world.perform(call.method, call.parameters), in: &call)
  }

  private static func note(
    _ outcome: BotAPIWorld.Outcome, in call: inout BotAPICall
  ) -> BotAPIWorld.Outcome {
    switch outcome {
    case .result(_, let messageID):
      call.treatment = .done
      call.messageID = messageID
    case .refusal(let status, _):
      call.treatment = .refused(status: status)
    }
    return outcome
  }

  /// Does what a call that hung asks for, now that it goes on.
  func resumeHung(_ number: Int) -> BotAPIWorld.Outcome {
    state.withLock { state in
      guard let index = state.calls.lastIndex(where: { $0.number == number }) else {
        return .refusal(status: 500, "Internal Server Error")
      }
      var call = state.calls[index]
      let outcome = Self.perform(&call, &state)
      state.calls[index] = call
      return outcome
    }
  }

  // MARK: Waiting for calls

  func call(
    _ number: Int, where matches: @escaping @Sendable (BotAPICall) -> Bool,
    expiring schedule: (@escaping @Sendable (String) -> Void) -> Scheduled<Void>
  ) async throws -> BotAPICall {
    try await withCheckedThrowingContinuation { continuation in
      let (past, waiterNumber) = state.withLock { state in
        let past = state.calls.filter(matches)
        if past.count >= number { return (past[number - 1] as BotAPICall?, 0) }
        state.waiterCount += 1
        state.waiters[state.waiterCount] = Waiter(
          remaining: number - past.count, matches: matches, continuation: continuation)
        return (nil, state.waiterCount)
      }
      if let past { return continuation.resume(returning: past) }
      let expiry = schedule { [self] description in
        let waiter = state.withLock { $0.waiters.removeValue(forKey: waiterNumber) }
        waiter?.continuation.resume(throwing: BotAPIStandin.NoSuchCall(description: description))
      }
      let isStillWaiting = state.withLock { state in
        state.waiters[waiterNumber]?.expiry = expiry
        return state.waiters[waiterNumber] != nil
      }
      if !isStillWaiting { expiry.cancel() }
    }
  }

  private static func matchingWaiters(_ call: BotAPICall, _ state: inout State) -> [Waiter] {
    var finished: [Waiter] = []
    for (number, waiter) in state.waiters where waiter.matches(call) {
      state.waiters[number]?.remaining -= 1
      if waiter.remaining == 1, let waiter = state.waiters.removeValue(forKey: number) {
        finished.append(waiter)
      }
    }
    return finished
  }

  // MARK: Scripts

  func add(_ script: Script) {
    state.withLock { $0.scripts.append(script) }
  }

  func removeScripts() {
    state.withLock { $0.scripts = [] }
  }

  /// True when the call may go on, false when the stand-in stops.
  func hang(_ number: Int) async -> Bool {
    await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        if state.isStopped { return false }
        guard state.hung[number] != nil else { return true }
        state.hung[number] = continuation
        return nil
      }
      if let answer { continuation.resume(returning: answer) }
    }
  }

  func releaseHung() { endHanging(goingOn: true) }

  private func endHanging(goingOn: Bool) {
    let hung = state.withLock { state in
      let hung = state.hung
      state.hung = [:]
      return hung
    }
    for continuation in hung.values { continuation?.resume(returning: goingOn) }
  }

  func stop() {
    let poll = state.withLock { state in
      state.isStopped = true
      let poll = state.poll
      state.poll = nil
      return poll?.continuation
    }
    poll?.resume(returning: .stopped)
    endHanging(goingOn: false)
  }

  // MARK: Updates

  func push(_ update: JSONValue) -> Int64 {
    let (id, poll) = state.withLock { state in
      let id = state.world.push(update)
      let poll = state.poll
      state.poll = nil
      return (id, poll?.continuation)
    }
    poll?.resume(returning: .updates)
    return id
  }

  /// Waits for an update to come. There is one poll at a time: a new one ends the one before.
  func waitForUpdates(_ number: Int) async -> Wake {
    await withCheckedContinuation { continuation in
      let (wake, former) = state.withLock { state in
        if state.isStopped {
          return (Wake.stopped as Wake?, nil as CheckedContinuation<Wake, Never>?)
        }
        if !state.world.updates.isEmpty { return (.updates, nil) }
        let former = state.poll?.continuation
        state.poll = (number, continuation)
        return (nil, former)
      }
      former?.resume(returning: .conflict)
      if let wake { continuation.resume(returning: wake) }
    }
  }

  func endPoll(_ number: Int) {
    let poll = state.withLock { state in
      guard state.poll?.number == number else { return nil as CheckedContinuation<Wake, Never>? }
      let poll = state.poll
      state.poll = nil
      return poll?.continuation
    }
    poll?.resume(returning: .elapsed)
  }
}
