import Conversation
import Logging
import Storage

/// Shows a person that something is being done for them, wherever they are.
struct Activity: Sendable {
  let hub: WebChatHub
  let ports: [ChannelPort]
  let database: Database
  let logger: Logger

  @Sendable func show(_ activity: JobActivity, in id: ID<ConversationRecord>) async {
    do {
      let record = try await database.read { try ConversationRecord.load(id, in: $0) }
      guard let record, record.isServed else { return }
      if record.channel == .webchat { return hub.send(.typing(activity), to: record.externalID) }
      await ports.first { $0.channel == record.channel }?
        .signalActivity(record.externalID, activity)
    } catch {
      logger.debug("no activity shown", metadata: ["fault": .string("\(type(of: error))")])
    }
  }
}
