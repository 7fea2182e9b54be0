import Conversation
import Synchronization

/// Tells people that what they wrote was read, and that an answer is on its way. Best effort: what
/// does not fit is left out.
package final class WhatsAppReadMarks: Sendable {
  static let lanesMax = 8
  /// Marks that wait in one lane; the oldest give way.
  static let waitingMax = 64
  static let chatsMax = 20_000

  /// The newest message of each chat, in two generations: when the young one is full, the old one
  /// is forgotten.
  private struct Newest {
    var young: [String: String] = [:]
    var old: [String: String] = [:]

    mutating func note(_ messageID: String, in chat: String) {
      if young.count >= WhatsAppReadMarks.chatsMax / 2, young[chat] == nil {
        old = young
        young = [:]
      }
      young[chat] = messageID
    }
  }

  private typealias Lane = (
    messages: AsyncStream<String>, continuation: AsyncStream<String>.Continuation
  )

  private let client: WhatsAppClient
  private let newest = Mutex(Newest())
  private let lanes: [Lane]

  package init(client: WhatsAppClient) {
    self.client = client
    lanes = (0..<Self.lanesMax).map { _ in
      let (messages, continuation) = AsyncStream.makeStream(
        of: String.self, bufferingPolicy: .bufferingNewest(Self.waitingMax))
      return (messages, continuation)
    }
  }

  /// Notes a message that is durable, to be marked as read.
  ///
  /// Without the sign of writing: the answer to most messages is sent at the same time, and a sign
  /// that came after it would stay for half a minute.
  package func note(_ message: WhatsAppPost.Message) {
    let sender = message.inbound.sender
    guard let id = message.id else { return }
    newest.withLock { newest in
      for chat in [sender.externalID] + sender.otherIDs { newest.note(id, in: chat) }
    }
    let lane = sender.externalID.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
    lanes[lane % lanes.count].continuation.yield(id)
  }

  /// Shows that an answer is being written, which WhatsApp does under the newest message only.
  func showTyping(to chat: String) async {
    guard let id = newest.withLock({ $0.young[chat] ?? $0.old[chat] }) else { return }
    _ = await client.post(WhatsAppBody.readMark(id, isTyping: true))
  }

  /// Sends the marks until `stop`.
  package func run() async {
    await withDiscardingTaskGroup { group in
      for lane in lanes {
        let messages = lane.messages
        group.addTask {
          for await id in messages {
            _ = await self.client.post(WhatsAppBody.readMark(id, isTyping: false))
          }
        }
      }
    }
  }

  package func stop() { lanes.forEach { $0.continuation.finish() } }
}

extension WhatsAppPost.Message {
  /// What a mark names; nil for what is no message of its own.
  fileprivate var id: String? {
    switch inbound.content {
    case .reaction, .edited, .blocked, .unblocked: nil
    case .text, .command, .choice, .attachment, .location, .contact, .unsupported: inbound.key
    }
  }
}
