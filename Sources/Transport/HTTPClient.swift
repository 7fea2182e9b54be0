import Foundation

/// Sends HTTP requests over libcurl.
///
/// All transfers of one client run on one thread of its own, so nothing here ever blocks the
/// cooperative pool. Connections are kept and reused, HTTP/2 is spoken where TLS offers it.
/// Redirects are answers like any other. A request that is not safe to repeat goes out at most
/// once, even when a kept connection turns out to be dead.
package final class HTTPClient: Sendable {
  /// What one client may use at most.
  package struct Limits: Sendable {
    /// Requests that wait for a free slot; one more is refused as `overloaded`.
    package var waitingMax: Int
    /// Requests on their way at the same time.
    package var runningMax: Int
    /// Connections to one host.
    package var connectionsPerHostMax: Int
    /// Connections kept, idle ones included.
    package var connectionsMax: Int

    package init(
      waitingMax: Int = 4_096, runningMax: Int = 256, connectionsPerHostMax: Int = 64,
      connectionsMax: Int = 128
    ) {
      self.waitingMax = waitingMax
      self.runningMax = runningMax
      self.connectionsPerHostMax = connectionsPerHostMax
      self.connectionsMax = connectionsMax
    }
  }

  private static let threadStackBytes = 1 << 20

  private let queue: TransferQueue

  package init(limits: Limits = Limits()) {
    let queue = TransferQueue(waitingMax: limits.waitingMax)
    self.queue = queue
    let thread = Thread {
      TransferLoop(queue: queue, limits: limits).run()
    }
    thread.name = "parlance-http"
    thread.stackSize = Self.threadStackBytes
    thread.start()
  }

  deinit {
    // The thread holds the queue, not the client: it cleans up and ends by itself.
    queue.close(by: .now)
  }

  /// Sends one request and gives its answer, whatever the status. Cancelling the calling task
  /// aborts the transfer.
  package func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    let host = try RequestCheck.host(of: request)
    let deadline = ContinuousClock.now + .milliseconds(request.timeouts.totalMs)
    let ticket = TransferTicket()
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.submit(
          Transfer(
            request: request, host: host, deadline: deadline, ticket: ticket,
            continuation: continuation))
      }
    } onCancel: {
      queue.cancel(ticket)
    }
    return try outcome.get()
  }

  /// Refuses new requests, lets those under way finish within the given time, aborts the rest,
  /// closes every connection and returns once the thread has done its work.
  package func shutdown(finishWithinMs: Int = 0) async {
    queue.close(by: .now + .milliseconds(finishWithinMs))
    await queue.ended()
  }
}
