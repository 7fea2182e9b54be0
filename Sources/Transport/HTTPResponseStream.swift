/// An answer whose body is read while it comes in; for one reader. What is not fetched is not read
/// from the network either, beyond a bounded number of bytes. Letting go of it ends the transfer.
package struct HTTPResponseStream: AsyncSequence, Sendable {
  package let status: Int
  package let headers: HTTPHeaders
  private let transfer: StreamedTransfer

  init(_ head: HTTPResponse, _ transfer: StreamedTransfer) {
    status = head.status
    headers = head.headers
    self.transfer = transfer
  }

  package func makeAsyncIterator() -> Iterator { Iterator(transfer: transfer) }

  package struct Iterator: AsyncIteratorProtocol {
    fileprivate let transfer: StreamedTransfer

    /// - Throws: `HTTPFailure` when the rest of the body does not come.
    package func next() async throws(HTTPFailure) -> [UInt8]? { try await transfer.next() }

    package func next(
      isolation actor: isolated (any Actor)?
    ) async throws(HTTPFailure) -> [UInt8]? { try await transfer.next() }
  }
}

/// The reader's hold on a transfer: it ends with the last reference.
final class StreamedTransfer: Sendable {
  let buffer = ResponseBuffer()
  let ticket = TransferTicket()
  private let queue: TransferQueue

  init(queue: TransferQueue) { self.queue = queue }

  deinit { queue.cancel(ticket) }

  func head() async throws(HTTPFailure) -> HTTPResponse {
    let head = await withTaskCancellationHandler {
      await buffer.head()
    } onCancel: {
      queue.cancel(ticket)
    }
    return try head.get()
  }

  func next() async throws(HTTPFailure) -> [UInt8]? {
    let piece = await withTaskCancellationHandler {
      await buffer.next { queue.resume(ticket) }
    } onCancel: {
      queue.cancel(ticket)
    }
    return try piece.get()
  }
}
