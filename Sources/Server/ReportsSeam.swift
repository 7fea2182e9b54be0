import Conversation

extension ConversationService {
  func report(_ reports: [DeliveryReport]) async throws {}
}
