import NIOCore
import Synchronization

/// What the stand-in knows, under one lock.
final class WhatsAppAPILedger: Sendable {
  enum Plan: Sendable {
    case answer(messageID: String?)
    case fault(WhatsAppFault)
  }

  private struct Waiter {
    var remaining: Int
    let matches: @Sendable (WhatsAppCall) -> Bool
    let continuation: CheckedContinuation<WhatsAppCall, any Error>
    var expiry: Scheduled<Void>?
  }

  private struct Script {
    let kind: WhatsAppCall.Kind?
    let recipient: String?
    var remaining: Int
    let fault: WhatsAppFault
  }

  private struct State {
    var calls: [WhatsAppCall] = []
    var violations: [String] = []
    var scripts: [Script] = []
    var files: [String: WhatsAppStoredFile] = [:]
    var uploads: [String] = []
    var waiters: [Int: Waiter] = [:]
    var waiterCount = 0
  }

  let specification: GraphSpecification?
  private let state = Mutex(State())

  init(specification: GraphSpecification?) { self.specification = specification }

  var calls: [WhatsAppCall] { state.withLock { $0.calls } }
  var violations: [String] { state.withLock { $0.violations } }

  func report(_ violations: [String]) { state.withLock { $0.violations += violations } }

  func script(
    _ fault: WhatsAppFault, kind: WhatsAppCall.Kind?, recipient: String?, times: Int
  ) {
    state.withLock {
      $0.scripts.append(
        Script(kind: kind, recipient: recipient, remaining: times, fault: fault))
    }
  }

  func removeScripts() { state.withLock { $0.scripts = [] } }

  func store(_ file: WhatsAppStoredFile, id: String) { state.withLock { $0.files[id] = file } }

  func file(_ id: String) -> WhatsAppStoredFile? { state.withLock { $0.files[id] } }

  /// Whether the address of a file is good for this download.
  func takeDownload(_ id: String) -> WhatsAppStoredFile? {
    state.withLock { state in
      guard let file = state.files[id] else { return nil }
      guard file.expiredDownloads == 0 else {
        state.files[id]?.expiredDownloads -= 1
        return nil
      }
      return file
    }
  }

  func keepUpload() -> String {
    state.withLock { state in
      let id = "90000000000\(state.uploads.count + 1)"
      state.uploads.append(id)
      return id
    }
  }

  func forgetUploads() { state.withLock { $0.uploads = $0.uploads.map { _ in "" } } }

  func isUploaded(_ id: String) -> Bool { state.withLock { $0.uploads.contains(id) } }

  /// Notes a call and tells who waits for it.
  func receive(_ kind: WhatsAppCall.Kind, _ body: JSONValue, _ file: UploadedFile?) -> Plan {
    let (plan, call, finished) = state.withLock { state in
      var call = WhatsAppCall(
        number: state.calls.count + 1, kind: kind, body: body, file: file)
      let fault = Self.takeScript(for: call, &state)
      if kind == .message, fault.map(Self.isDone) ?? true {
        call.messageID = "wamid.STANDIN\(call.number)"
      }
      state.calls.append(call)
      let plan = fault.map(Plan.fault) ?? .answer(messageID: call.messageID)
      return (plan, call, Self.matchingWaiters(call, &state))
    }
    for waiter in finished {
      waiter.expiry?.cancel()
      waiter.continuation.resume(returning: call)
    }
    return plan
  }

  private static func isDone(_ fault: WhatsAppFault) -> Bool {
    switch fault {
    case .refuse, .closeBefore: false
    case .closeAfter, .garbage: true
    }
  }

  private static func takeScript(
    for call: WhatsAppCall, _ state: inout State
  ) -> WhatsAppFault? {
    let index = state.scripts.firstIndex { script in
      (script.kind == nil || script.kind == call.kind)
        && (script.recipient == nil || script.recipient == call.recipient)
    }
    guard let index else { return nil }
    let fault = state.scripts[index].fault
    state.scripts[index].remaining -= 1
    if state.scripts[index].remaining <= 0 { state.scripts.remove(at: index) }
    return fault
  }

  private static func matchingWaiters(_ call: WhatsAppCall, _ state: inout State) -> [Waiter] {
    var finished: [Waiter] = []
    for (number, waiter) in state.waiters where waiter.matches(call) {
      if waiter.remaining <= 1 {
        finished.append(waiter)
        state.waiters[number] = nil
      } else {
        state.waiters[number]?.remaining -= 1
      }
    }
    return finished
  }

  /// The n-th call that matches, as soon as it has arrived.
  func call(
    _ number: Int, where matches: @escaping @Sendable (WhatsAppCall) -> Bool,
    expiring: (@escaping @Sendable (String) -> Void) -> Scheduled<Void>
  ) async throws -> WhatsAppCall {
    try await withCheckedThrowingContinuation { continuation in
      let place: Int? = state.withLock { state in
        let past = state.calls.filter(matches)
        if past.count >= number {
          continuation.resume(returning: past[number - 1])
          return nil
        }
        state.waiterCount += 1
        state.waiters[state.waiterCount] = Waiter(
          remaining: number - past.count, matches: matches, continuation: continuation)
        return state.waiterCount
      }
      guard let place else { return }
      let expiry = expiring { self.expire(place, $0) }
      let isLate = state.withLock { state in
        state.waiters[place]?.expiry = expiry
        return state.waiters[place] == nil
      }
      if isLate { expiry.cancel() }
    }
  }

  private func expire(_ place: Int, _ reason: String) {
    let waiter = state.withLock { $0.waiters.removeValue(forKey: place) }
    waiter?.continuation.resume(
      throwing: WhatsAppAPIStandin.NoSuchCall(description: reason))
  }
}
