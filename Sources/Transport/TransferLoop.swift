import CCurl
import Foundation

/// The transfer thread: takes requests from the queue, drives curl and answers the callers.
/// Made, used and freed on that one thread.
final class TransferLoop {
  /// How long one wait for the network lasts when nobody wakes it and no transfer is due.
  private static let pollMsMax: Int32 = 60_000
  private static let idleHandlesMax = 64

  private let queue: TransferQueue
  private let limits: HTTPClient.Limits
  private let caFile: String?
  private var running: [ObjectIdentifier: RunningTransfer] = [:]
  private let alarm = TransferAlarm()
  private var idleHandles: [EasyHandle] = []

  init(queue: TransferQueue, limits: HTTPClient.Limits, caFile: String?) {
    self.queue = queue
    self.limits = limits
    self.caFile = caFile
  }

  func run() {
    ignoreBrokenPipes()
    if curlIsReady, let multi = curl_multi_init() {
      configure(multi)
      queue.attach(TransferQueue.Waker(multi: multi))
      drive(multi)
      abortAll(multi)
      queue.detach()
      idleHandles = []
      curl_multi_cleanup(multi)
    } else {
      queue.detach()
    }
    queue.announceEnd()
  }

  /// A peer that is gone is seen as an error of the write; the signal would end the program. Not
  /// every version of curl and its TLS library keeps it away.
  private func ignoreBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private func configure(_ multi: UnsafeMutableRawPointer) {
    curl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_MULTIPLEX))
    curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, limits.connectionsPerHostMax)
    curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, limits.connectionsMax)
    curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, limits.connectionsMax)
  }

  /// Runs until the queue is closed and everything is answered, or its deadline has come.
  private func drive(_ multi: UnsafeMutableRawPointer) {
    while true {
      let now = ContinuousClock.now
      let work = queue.take(room: limits.runningMax - running.count, now: now)
      for transfer in work.overdue { giveUp(transfer) }
      for transfer in work.starting { start(transfer, multi) }
      for ticket in work.cancelled { cancel(ticket, multi) }
      for ticket in work.resumed { running[ObjectIdentifier(ticket)]?.resume() }
      var runningCount: Int32 = 0
      curl_multi_perform(multi, &runningCount)
      finishCompleted(multi)
      // Only now: what had arrived by its deadline is in time.
      abortOverdue(multi)
      if let closingBy = work.closingBy {
        guard closingBy > now, !running.isEmpty || work.isMoreWaiting else { return }
      }
      // A slot became free while others wait for one: no time for sleep.
      if work.isMoreWaiting, running.count < limits.runningMax { continue }
      let waitMs = waitMs(now, until: [alarm.next, work.nextDeadline, work.closingBy])
      curl_multi_poll(multi, nil, 0, waitMs, nil)
    }
  }

  private func waitMs(
    _ now: ContinuousClock.Instant, until deadlines: [ContinuousClock.Instant?]
  ) -> Int32 {
    guard let first = deadlines.compactMap(\.self).min() else { return Self.pollMsMax }
    return max(0, min(Self.pollMsMax, milliseconds(first - now) + 1))
  }

  private func giveUp(_ transfer: Transfer) {
    transfer.finish(.failure(.timedOutBeforeSending(host: transfer.host)))
  }

  private func abortOverdue(_ multi: UnsafeMutableRawPointer) {
    let now = ContinuousClock.now
    guard let next = alarm.next, next <= now else { return }
    alarm.next = nil
    for transfer in Array(running.values) {
      let dueAt = transfer.dueAt(now)
      if dueAt <= now {
        release(transfer, multi)
        transfer.finish(.failure(transfer.timeout))
      } else {
        alarm.note(dueAt)
      }
    }
  }

  private func milliseconds(_ duration: Duration) -> Int32 {
    let (seconds, attoseconds) = duration.components
    return Int32(clamping: min(seconds, 86_400) * 1_000 + attoseconds / 1_000_000_000_000_000)
  }

  private func start(_ transfer: Transfer, _ multi: UnsafeMutableRawPointer) {
    guard let easy = idleHandles.popLast() ?? EasyHandle() else {
      transfer.finish(.failure(.overloaded))
      return
    }
    let started = RunningTransfer(transfer, easy, alarm)
    guard easy.prepare(for: started, caFile: caFile),
      curl_multi_add_handle(multi, easy.pointer) == CURLM_OK
    else {
      started.finish(.failure(.overloaded))
      return
    }
    running[ObjectIdentifier(transfer.ticket)] = started
    alarm.note(transfer.deadline)
  }

  private func cancel(_ ticket: TransferTicket, _ multi: UnsafeMutableRawPointer) {
    guard let transfer = running[ObjectIdentifier(ticket)] else { return }
    release(transfer, multi)
    transfer.finish(.failure(.cancelled(mayHaveReachedPeer: transfer.wasSent)))
  }

  private func finishCompleted(_ multi: UnsafeMutableRawPointer) {
    var messagesLeft: Int32 = 0
    while let message = curl_multi_info_read(multi, &messagesLeft) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else {
        continue
      }
      let code = message.pointee.data.result
      var context: UnsafeMutableRawPointer?
      guard curl_easy_get_context(easy, &context) == CURLE_OK, let context else { continue }
      let transfer = RunningTransfer.from(context)
      let outcome = transfer.outcome(of: code)
      release(transfer, multi)
      transfer.finish(outcome)
    }
  }

  private func release(_ transfer: RunningTransfer, _ multi: UnsafeMutableRawPointer) {
    running[ObjectIdentifier(transfer.transfer.ticket)] = nil
    curl_multi_remove_handle(multi, transfer.easy.pointer)
    transfer.easy.reset()
    if idleHandles.count < Self.idleHandlesMax { idleHandles.append(transfer.easy) }
  }

  private func abortAll(_ multi: UnsafeMutableRawPointer) {
    for transfer in Array(running.values) {
      release(transfer, multi)
      transfer.finish(.failure(.closed(mayHaveReachedPeer: transfer.wasSent)))
    }
  }
}

/// When the first of the running transfers may be overdue, or somewhat earlier.
final class TransferAlarm {
  var next: ContinuousClock.Instant?

  func note(_ instant: ContinuousClock.Instant) {
    next = next.map { min($0, instant) } ?? instant
  }
}

/// libcurl wants to be initialised once in a process; a global constant is exactly that.
private let curlIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
