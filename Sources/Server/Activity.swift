import Conversation
import Logging
import Storage

/// Shows a person that something is being done for them, wherever they are.
struct Activity: Sendable {
  let hub: WebChatHub
  let ports: [ChannelPort]
  let database: Database
  let logger: Logger

  @Sendable func show(in id: ID<ConversationRecord>) async {
    do {
      let record = try await database.read { try ConversationRecord.load(id, in: $0) }
      guard let record else { return }
      if record.channel == .webchat { return hub.send(.typing, to: record.externalID) }
      await ports.first { $0.channel == record.channel }?.signalActivity(record.externalID)
    } catch {
      logger.debug("no activity shown", metadata: ["fault": .string("\(type(of: error))")])
    }
  }
}
