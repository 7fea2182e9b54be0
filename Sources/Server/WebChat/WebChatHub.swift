import Conversation
import Synchronization

/// Tells open pages that their chat has moved on. It carries no messages: a page that was away
/// reads them from the store, so nothing can be missed here.
final class WebChatHub: Sendable {
  enum Signal: Sendable, Equatable {
    /// There are new messages.
    case changed
    case typing(JobActivity)
    /// An answer that is still being written; what is said last is all there is of it.
    case draft(json: String)
    /// A button of an older message was used.
    case settled(position: Int, token: String)
  }

  static let listenersMax = 10_000
  static let listenersPerChatMax = 8
  static let signalsKept = 32

  private struct State {
    var listeners: [String: [Int: AsyncStream<Signal>.Continuation]] = [:]
    var count = 0
    var nextID = 0
    var isClosed = false
    var closing: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  var listenerCount: Int { state.withLock(\.count) }

  /// A stream of signals for one chat; nil when too many are open. It ends when the hub closes.
  func listen(to chat: String) -> AsyncStream<Signal>? {
    let (stream, continuation) = AsyncStream.makeStream(
      of: Signal.self, bufferingPolicy: .bufferingNewest(Self.signalsKept))
    let id = state.withLock { state -> Int? in
      guard !state.isClosed, state.count < Self.listenersMax,
        state.listeners[chat, default: [:]].count < Self.listenersPerChatMax
      else { return nil }
      state.nextID += 1
      state.count += 1
      state.listeners[chat, default: [:]][state.nextID] = continuation
      return state.nextID
    }
    guard let id else { return nil }
    continuation.onTermination = { [weak self] _ in self?.remove(id, from: chat) }
    return stream
  }

  func send(_ signal: Signal, to chat: String) {
    let listeners = state.withLock { state in
      state.listeners[chat].map { Array($0.values) } ?? []
    }
    for listener in listeners { listener.yield(signal) }
  }

  /// Ends every stream, so that a shutdown does not wait for people to close their pages.
  func close() {
    let listeners = state.withLock { state in
      state.isClosed = true
      defer { state.closing = [] }
      return (state.listeners.values.flatMap(\.values), state.closing)
    }
    for listener in listeners.0 { listener.finish() }
    for continuation in listeners.1 { continuation.resume() }
  }

  func waitUntilClosed() async {
    await withCheckedContinuation { continuation in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.closing.append(continuation) }
        return state.isClosed
      }
      if isClosed { continuation.resume() }
    }
  }

  private func remove(_ id: Int, from chat: String) {
    state.withLock { state in
      guard state.listeners[chat]?.removeValue(forKey: id) != nil else { return }
      state.count -= 1
      if state.listeners[chat]?.isEmpty == true { state.listeners[chat] = nil }
    }
  }
}
