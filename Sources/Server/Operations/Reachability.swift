import Conversation
import Synchronization

/// Remembers whether a provider answered the last time it was called.
final class Reachability: Sendable {
  private let state = Mutex(true)

  var isReachable: Bool { state.withLock { $0 } }

  /// The same port, watched.
  func watching(_ port: ChannelPort) -> ChannelPort {
    ChannelPort(
      channel: port.channel, capabilities: port.capabilities, limits: port.limits,
      send: { call in
        let outcome = await port.send(call)
        self.state.withLock { $0 = outcome.wasAnswered }
        return outcome
      }, signalActivity: port.signalActivity)
  }
}

extension SendOutcome {
  /// A refusal is an answer too.
  fileprivate var wasAnswered: Bool {
    switch self {
    case .accepted, .holdChat, .refused, .unreachablePerson, .windowClosed: true
    case .holdChannel, .failed, .unknown: false
    }
  }
}
