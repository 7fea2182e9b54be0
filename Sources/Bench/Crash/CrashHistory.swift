import Foundation
import Transport

/// Reads back what a web visitor would see, through the page's own door.
struct CrashHistory: Sendable {
  private static let pagesMax = 1_000

  private struct Page: Decodable {
    let messages: [Message]
  }

  private struct Message: Decodable {
    let id: String
    let from: String
    let clientId: String?
  }

  let baseURL: String
  let client: HTTPClient

  /// What is wrong with one chat's history.
  func violations(
    of sender: CrashSender, acknowledged: Set<CrashLedger.Key>
  ) async throws -> [String] {
    let messages = try await messages(of: sender.externalID)
    let own = messages.indices.filter { messages[$0].from == "person" }
    var violations: [String] = []
    for index in own where index + 1 >= messages.count || messages[index + 1].from != "bot" {
      violations.append(
        "the page of \(sender.externalID) shows no answer to \(messages[index].clientId ?? "?")")
    }
    let shown = own.map { "\(sender.externalID)/\(messages[$0].clientId ?? "?")" }
    let wanted = acknowledged.map(\.key).filter { $0.hasPrefix(sender.externalID + "/") }
    if shown.sorted() != wanted.sorted() {
      violations.append(
        "the page of \(sender.externalID) shows \(shown.count) of \(wanted.count) messages")
    }
    return violations
  }

  private func messages(of chat: String) async throws -> [Message] {
    var messages: [Message] = []
    for _ in 0..<Self.pagesMax {
      let after = messages.last?.id ?? "0"
      let answer = try await client.send(
        HTTPRequest(
          url: "\(baseURL)/gateway/webchat/\(chat)/messages?after=\(after)",
          headers: ["X-Forwarded-For": "10.1.0.\(chat.utf8.last ?? 1)"]))
      let page = try JSONDecoder().decode(Page.self, from: Data(answer.body))
      guard !page.messages.isEmpty else { break }
      messages += page.messages
    }
    return messages
  }
}
