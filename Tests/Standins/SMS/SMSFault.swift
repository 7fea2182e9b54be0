/// What a test wants an SMS stand-in to do instead of answering as usual.
package enum SMSFault: Sendable {
  /// Nothing is done; the code is told.
  case refuse(status: Int, code: Int)
  /// Nothing is done; this is the answer.
  case answer(status: Int, JSONValue)
  /// Nothing is done; the connection is closed.
  case closeBefore
  /// Everything is done; the connection is closed instead of answering.
  case closeAfter
  /// Everything is done; a page of a gateway is the answer.
  case garbageAfter(status: Int)

  package static func kavenegar(_ code: Int) -> SMSFault { .refuse(status: code, code: code) }
}

/// Faults that wait for their calls.
struct SMSFaults: Sendable {
  private var waiting: [(method: String, fault: SMSFault, remaining: Int)] = []

  mutating func add(_ fault: SMSFault, _ method: String, times: Int) {
    waiting.append((method, fault, times))
  }

  mutating func take(_ method: String) -> SMSFault? {
    guard let index = waiting.firstIndex(where: { $0.method == method && $0.remaining > 0 })
    else { return nil }
    waiting[index].remaining -= 1
    return waiting[index].fault
  }

  mutating func removeAll() { waiting = [] }
}
