import Synchronization

/// Calls in the order of their arrival, and those who wait for one.
package final class CallLog<Call: Sendable>: Sendable {
  private struct Waiter {
    let id: Int
    let number: Int
    let matches: @Sendable (Call) -> Bool
    let continuation: CheckedContinuation<Call, any Error>
  }

  private struct State {
    var calls: [Call] = []
    var waiters: [Waiter] = []
    var nextID = 0
  }

  private let state = Mutex(State())

  package init() {}

  package var all: [Call] { state.withLock(\.calls) }

  func add(_ call: Call) {
    let served = state.withLock { state in
      state.calls.append(call)
      var served: [(Waiter, Call)] = []
      state.waiters.removeAll { waiter in
        guard let found = Self.find(waiter.number, waiter.matches, in: state.calls) else {
          return false
        }
        served.append((waiter, found))
        return true
      }
      return served
    }
    for (waiter, call) in served { waiter.continuation.resume(returning: call) }
  }

  /// The n-th call that matches, past ones included, as soon as it is there.
  @discardableResult
  package func wait(
    _ number: Int = 1, where matches: @escaping @Sendable (Call) -> Bool = { _ in true }
  ) async throws -> Call {
    let id = state.withLock { state in
      state.nextID += 1
      return state.nextID
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let found = state.withLock { state -> Result<Call, any Error>? in
          if Task.isCancelled { return .failure(CancellationError()) }
          if let found = Self.find(number, matches, in: state.calls) { return .success(found) }
          state.waiters.append(
            Waiter(id: id, number: number, matches: matches, continuation: continuation))
          return nil
        }
        if let found { continuation.resume(with: found) }
      }
    } onCancel: {
      let waiter = state.withLock { state in
        let index = state.waiters.firstIndex { $0.id == id }
        return index.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  private static func find(
    _ number: Int, _ matches: (Call) -> Bool, in calls: [Call]
  ) -> Call? {
    var seen = 0
    return calls.first { call in
      if matches(call) { seen += 1 }
      return seen == number
    }
  }
}
