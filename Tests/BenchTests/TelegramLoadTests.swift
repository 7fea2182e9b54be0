import Bench
import Foundation
import Testing

struct TelegramLoadTests {
  private struct Update: Decodable, Equatable {
    struct Message: Decodable, Equatable {
      let message_id: Int
      let from: Party
      let chat: Party
      let text: String
    }
    struct Party: Decodable, Equatable { let id: Int }
    let update_id: Int
    let message: Message
  }

  private let load = TelegramLoad(chats: 10, firstUpdateID: 5_000)

  @Test func `every update has an id of its own`() throws {
    let ids = try (0..<100).map { try update($0).update_id }
    #expect(ids == Array(5_000..<5_100))
  }

  @Test func `updates are private messages spread evenly over the chats`() throws {
    let messages = try (0..<100).map { try update($0).message }
    let chats = Dictionary(grouping: messages, by: \.chat.id)
    #expect(chats.count == 10)
    #expect(chats.values.allSatisfy { $0.count == 10 })
    #expect(messages.allSatisfy { $0.from == $0.chat && !$0.text.isEmpty })
  }

  @Test func `an update has the size of a usual one`() {
    #expect((550...650).contains(load.body(123_456).count))
  }

  private func update(_ sequence: Int) throws -> Update {
    try JSONDecoder().decode(Update.self, from: Data(load.body(sequence)))
  }
}
