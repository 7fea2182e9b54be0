import CCurl
import Synchronization

typealias TransferOutcome = Result<HTTPResponse, HTTPFailure>

/// Stands for one call of `send`, before and after it is queued; its identity is what counts.
final class TransferTicket: Sendable {
  /// Written and read under the queue's lock.
  let isCancelled = Atomic(false)
}

/// A request and the caller that waits for it.
struct Transfer: Sendable {
  let request: HTTPRequest
  let host: String
  let timeouts: HTTPRequest.Timeouts
  /// Waiting for a free slot counts as much as waiting for the peer.
  let deadline: ContinuousClock.Instant
  let ticket: TransferTicket
  /// Where the request's body comes from when it is fetched while it goes out.
  var upload: UploadBuffer?
  /// Where the answer's body goes when it is read while it comes in.
  var stream: ResponseBuffer?
  /// Called once.
  var finish: @Sendable (TransferOutcome) -> Void
}

/// Where callers and the transfer thread meet.
final class TransferQueue: Sendable {
  struct Work: Sendable {
    var starting: [Transfer]
    var overdue: [Transfer]
    var cancelled: [TransferTicket]
    /// Those that had to wait for the caller's side and can go on.
    var resumed: [TransferTicket]
    var closingBy: ContinuousClock.Instant?
    /// When the first of those that still wait will be overdue, or somewhat earlier.
    var nextDeadline: ContinuousClock.Instant?
    var isMoreWaiting: Bool
  }

  // Proof: the pointer is used only to call curl_multi_wakeup, which libcurl allows from any
  // thread; every such call is made under the queue's lock, and `end` removes the pointer under
  // that lock before the handle is freed.
  struct Waker: @unchecked Sendable {
    let multi: UnsafeMutableRawPointer
  }

  private struct State {
    var waiting: [Transfer] = []
    var cancelled: [TransferTicket] = []
    var resumed: [TransferTicket] = []
    var hasThread = false
    var nextDeadline: ContinuousClock.Instant?
    var closingBy: ContinuousClock.Instant?
    var waker: Waker?
    var isWoken = false
    var isDetached = false
    var hasEnded = false
    var awaitingEnd: [CheckedContinuation<Void, Never>] = []

    mutating func wake() {
      guard let waker, !isWoken else { return }
      isWoken = true
      curl_multi_wakeup(waker.multi)
    }

    mutating func takeOverdue(_ now: ContinuousClock.Instant) -> [Transfer] {
      guard let nextDeadline, nextDeadline <= now else { return [] }
      let overdue = waiting.filter { $0.deadline <= now }
      waiting.removeAll { $0.deadline <= now }
      self.nextDeadline = waiting.lazy.map(\.deadline).min()
      return overdue
    }
  }

  private let waitingMax: Int
  private let startThread: @Sendable (TransferQueue) -> Void
  private let state = Mutex(State())

  /// - Parameter startThread: called with the first transfer.
  init(waitingMax: Int, startThread: @escaping @Sendable (TransferQueue) -> Void) {
    self.waitingMax = waitingMax
    self.startThread = startThread
  }

  func submit(_ transfer: Transfer) {
    var isFirst = false
    let refusal: HTTPFailure? = state.withLock { state in
      if transfer.ticket.isCancelled.load(ordering: .relaxed) {
        return .cancelled(mayHaveReachedPeer: false)
      }
      if state.isDetached || state.closingBy != nil { return .closed(mayHaveReachedPeer: false) }
      if state.waiting.count >= waitingMax { return .overloaded }
      state.waiting.append(transfer)
      state.nextDeadline = min(state.nextDeadline ?? transfer.deadline, transfer.deadline)
      state.wake()
      isFirst = !state.hasThread
      state.hasThread = true
      return nil
    }
    if let refusal { transfer.finish(.failure(refusal)) }
    if isFirst { startThread(self) }
  }

  /// Lets a transfer go on that curl was told to stop.
  func resume(_ ticket: TransferTicket) {
    state.withLock { state in
      guard !state.isDetached else { return }
      state.resumed.append(ticket)
      state.wake()
    }
  }

  func cancel(_ ticket: TransferTicket) {
    let waiting: Transfer? = state.withLock { state in
      ticket.isCancelled.store(true, ordering: .relaxed)
      if let index = state.waiting.firstIndex(where: { $0.ticket === ticket }) {
        return state.waiting.remove(at: index)
      }
      guard !state.isDetached, state.hasThread else { return nil }
      state.cancelled.append(ticket)
      state.wake()
      return nil
    }
    waiting?.finish(.failure(.cancelled(mayHaveReachedPeer: false)))
  }

  /// Nothing is accepted from now on; what has been accepted may run until the given instant.
  func close(by deadline: ContinuousClock.Instant) {
    state.withLock { state in
      state.closingBy = state.closingBy.map { min($0, deadline) } ?? deadline
      // Where nothing was ever sent there is nobody to say that it is over.
      if !state.hasThread { state.hasEnded = true }
      state.wake()
    }
  }

  /// Returns once the transfer thread has done its work.
  func ended() async {
    await withCheckedContinuation { continuation in
      let hasEnded = state.withLock { state in
        if !state.hasEnded { state.awaitingEnd.append(continuation) }
        return state.hasEnded
      }
      if hasEnded { continuation.resume() }
    }
  }

  // MARK: The transfer thread's side

  func attach(_ waker: Waker) {
    state.withLock { $0.waker = waker }
  }

  func take(room: Int, now: ContinuousClock.Instant) -> Work {
    state.withLock { state in
      let overdue = state.takeOverdue(now)
      let starting = Array(state.waiting.prefix(room))
      state.waiting.removeFirst(starting.count)
      if state.waiting.isEmpty { state.nextDeadline = nil }
      let work = Work(
        starting: starting, overdue: overdue, cancelled: state.cancelled,
        resumed: state.resumed, closingBy: state.closingBy, nextDeadline: state.nextDeadline,
        isMoreWaiting: !state.waiting.isEmpty)
      state.cancelled = []
      state.resumed = []
      state.isWoken = false
      return work
    }
  }

  /// Nobody can wake the thread afterwards; what still waited is told that the client is closed.
  func detach() {
    let waiting = state.withLock { state in
      let waiting = state.waiting
      state.waiting = []
      state.cancelled = []
      state.resumed = []
      state.waker = nil
      state.isDetached = true
      return waiting
    }
    for transfer in waiting {
      transfer.finish(.failure(.closed(mayHaveReachedPeer: false)))
    }
  }

  func announceEnd() {
    let continuations = state.withLock { state in
      let continuations = state.awaitingEnd
      state.awaitingEnd = []
      state.hasEnded = true
      return continuations
    }
    for continuation in continuations { continuation.resume() }
  }
}
