import Dispatch
import Foundation
import Synchronization

/// What waits for a child process, and which are at work; shared by callers and lanes.
final class WorkerQueue: Sendable {
  struct Job: Sendable {
    let task: WorkerTask
    let body: [UInt8]
    /// Nobody waits for it any longer after this.
    let beginBy: ContinuousClock.Instant
    let finish: @Sendable (Result<WorkerReply, SpeechFault>) -> Void
  }

  private struct State {
    var waiting: [Job] = []
    var lanes = 0
    var idle = 0
    var children: Set<pid_t> = []
    var isClosed = false
    var whenEnded: [CheckedContinuation<Void, Never>] = []
  }

  private let limits: SpeechWorker.Limits
  private let state = Mutex(State())
  /// Counts what waits.
  private let arrivals = DispatchSemaphore(value: 0)

  init(limits: SpeechWorker.Limits) { self.limits = limits }

  enum Admission {
    case taken
    /// Taken, and one more lane is needed for it.
    case takenByNewLane
    case refused(SpeechFault)
  }

  func submit(_ job: Job) -> Admission {
    let admission: Admission = state.withLock { state in
      if state.isClosed { return .refused(.unavailable) }
      guard state.waiting.count < limits.waitingMax else { return .refused(.busy) }
      state.waiting.append(job)
      guard state.waiting.count > state.idle, state.lanes < limits.childrenMax else {
        return .taken
      }
      state.lanes += 1
      return .takenByNewLane
    }
    if case .refused = admission { return admission }
    arrivals.signal()
    return admission
  }

  /// Blocks until there is work.
  ///
  /// - Parameter tell: gives the last outcome to who waits for it. By then this lane is known to be
  ///   free, so that who asks for one thing after another needs no second one.
  /// - Returns: nil when there was none for long, or when there will be none.
  func next(after tell: () -> Void) -> Job? {
    state.withLock { $0.idle += 1 }
    tell()
    let outcome = arrivals.wait(timeout: .now() + .milliseconds(limits.idleMs))
    return state.withLock { state in
      state.idle -= 1
      if outcome == .success, !state.isClosed, !state.waiting.isEmpty {
        return state.waiting.removeFirst()
      }
      return nil
    }
  }

  /// A lane whose child has ended wants to end, too.
  ///
  /// - Returns: whether it may; not when work has come at the last moment.
  func leave() -> Bool {
    let ended: [CheckedContinuation<Void, Never>]? = state.withLock { state in
      guard state.isClosed || state.waiting.isEmpty else { return nil }
      state.lanes -= 1
      guard state.lanes == 0 else { return [] }
      defer { state.whenEnded = [] }
      return state.whenEnded
    }
    ended?.forEach { $0.resume() }
    return ended != nil
  }

  var isClosed: Bool { state.withLock { $0.isClosed } }

  var isAtWork: Bool { state.withLock { !$0.waiting.isEmpty || $0.lanes > $0.idle } }

  var children: [pid_t] { state.withLock { $0.children.sorted() } }

  /// - Returns: false when it came too late and has to be ended at once.
  func began(_ child: pid_t) -> Bool {
    state.withLock { state in
      state.children.insert(child)
      return !state.isClosed
    }
  }

  /// To be called before the child is waited for: afterwards its number may be another's.
  func ending(_ child: pid_t) { state.withLock { _ = $0.children.remove(child) } }

  /// Refuses what waits and ends what runs.
  func close() {
    let (refused, lanes) = state.withLock { state in
      state.isClosed = true
      for child in state.children { WorkerProcess.kill(child) }
      defer { state.waiting = [] }
      return (state.waiting, state.lanes)
    }
    for job in refused { job.finish(.failure(.unavailable)) }
    for _ in 0..<lanes { arrivals.signal() }
  }

  func ended() async {
    await withCheckedContinuation { continuation in
      let isOver = state.withLock { state in
        if state.lanes > 0 { state.whenEnded.append(continuation) }
        return state.lanes == 0
      }
      if isOver { continuation.resume() }
    }
  }
}

struct WorkerReply: Sendable {
  let outcome: WorkerAnswer.Outcome
  let body: [UInt8]
}
