import Standins
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(2)), .serialized)
struct ThroughputTests {
  private static let callCount = 2_000
  private static let callers = 64

  /// Sends from many callers at once and prints what that came to.
  private func measure(
    _ name: String, over client: HTTPClient,
    _ request: @escaping @Sendable (Int) throws -> HTTPRequest
  ) async throws -> Int {
    let start = ContinuousClock.now
    let answered = try await withThrowingTaskGroup(of: Int.self) { group in
      for caller in 0..<Self.callers {
        group.addTask {
          var answered = 0
          for number in stride(from: caller, to: Self.callCount, by: Self.callers) {
            if try await client.send(try request(number)).status == 200 { answered += 1 }
          }
          return answered
        }
      }
      return try await group.reduce(0, +)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    print("\(name): \(Int(Double(Self.callCount) / seconds)) requests a second")
    return answered
  }

  @Test func `thousands of requests from many callers are all answered`() async throws {
    try await withServer(FaultyServer.answering(body: "ok")) { server, client in
      let url = server.url
      let answered = try await measure("bare server", over: client) { _ in HTTPRequest(url: url) }
      #expect(answered == Self.callCount)
      #expect(server.acceptedConnections <= Self.callers)
    }
  }

  @Test(arguments: [false, true])
  func `thousands of messages through the Bot API arrive once each`(
    isValidating: Bool
  ) async throws {
    try await BotAPIStandin.with(isValidating: isValidating) { bot in
      let client = HTTPClient()
      let url = "\(bot.url)/bot\(BotAPIStandin.token)/sendMessage"
      let name = isValidating ? "Bot API, validating" : "Bot API"
      let answered = try await measure(name, over: client) { number in
        let message: JSONValue = ["chat_id": .integer(Int64(number)), "text": "سلام"]
        return HTTPRequest(
          method: .post, url: url, headers: ["Content-Type": "application/json"],
          body: try message.encoded())
      }
      await client.shutdown()
      #expect(answered == Self.callCount)
      #expect(bot.calls.count == Self.callCount)
      #expect(Set(bot.calls.compactMap(\.chat)).count == Self.callCount)
      #expect(bot.violations == [])
    }
  }
}
