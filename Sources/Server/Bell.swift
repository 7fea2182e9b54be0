import Conversation

/// After a commit, wakes whoever has something to do because of it.
struct Bell: Sendable {
  let hub: WebChatHub
  let senders: [Channel: WakeSignal]
  let workers: WakeSignal

  func ring(_ receipt: Receipt) {
    if receipt.hasJobs { workers.wake() }
    if receipt.channel == .webchat {
      // The person's own message is news too: it may be open in a second window.
      if receipt.outcome != .duplicate { hub.send(.changed, to: receipt.externalID) }
      if let settled = receipt.settled {
        hub.send(
          .settled(position: settled.position, token: settled.token), to: receipt.externalID)
      }
    } else if receipt.hasDeliveries {
      senders[receipt.channel]?.wake()
    }
  }
}
