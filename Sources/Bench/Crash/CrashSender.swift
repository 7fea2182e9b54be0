import Conversation
import Foundation
import Transport

/// One person who keeps writing, and repeats each message until it is acknowledged, as Telegram and
/// the web page do.
struct CrashSender: Sendable {
  static let secret = "crash-secret"
  /// How often a message is sent again for no reason.
  private static let repeatShare = 0.05
  private static let firstRetryMs: Int64 = 25
  private static let retryMsMax: Int64 = 400
  private static let timeouts = HTTPRequest.Timeouts(connectMs: 2_000, totalMs: 5_000)
  private static let updatesPerChat = 1_000_000

  enum Channel: String, Sendable {
    case telegram
    case webchat

    /// Telegram lets a chat have one message a second; two may answer one.
    var pauseMs: ClosedRange<Int64> {
      switch self {
      case .telegram: 1_500...4_500
      case .webchat: 200...1_300
      }
    }
  }

  let channel: Channel
  let number: Int
  let baseURL: String
  let client: HTTPClient
  let ledger: CrashLedger
  /// Nobody tries any longer after this.
  let giveUpAt: ContinuousClock.Instant

  var externalID: String {
    switch channel {
    case .telegram: String(800_000_000 + number)
    case .webchat: "crash-visitor-\(100_000 + number)"
    }
  }

  func run(random: RandomSource) async {
    var random = random
    var message = 0
    await pause(Int64.random(in: 0...channel.pauseMs.upperBound, using: &random))
    while !ledger.isStopping {
      message += 1
      let request = request(message)
      let key = key(message)
      ledger.note(sent: key)
      let isAcknowledged = await sendUntilAcknowledged(request, key, random: &random)
      if isAcknowledged, Double.random(in: 0..<1, using: &random) < Self.repeatShare {
        ledger.noteDeliberateRepeat()
        _ = await sendUntilAcknowledged(request, key, random: &random)
      }
      await pause(Int64.random(in: channel.pauseMs, using: &random))
    }
  }

  private func sendUntilAcknowledged(
    _ request: HTTPRequest, _ key: CrashLedger.Key, random: inout RandomSource
  ) async -> Bool {
    var delayMs = Self.firstRetryMs
    while ContinuousClock.now < giveUpAt, !Task.isCancelled {
      if ledger.note(status: await status(of: request), of: key) { return true }
      await pause(Int64.random(in: (delayMs / 2)...delayMs, using: &random))
      delayMs = min(delayMs * 2, Self.retryMsMax)
    }
    return false
  }

  /// Nil when there was no answer.
  private func status(of request: HTTPRequest) async -> Int? {
    do { return try await client.send(request).status } catch { return nil }
  }

  private func pause(_ delayMs: Int64) async {
    // Cancelled or not, the loop looks for itself whether to go on.
    try? await Task.sleep(for: .milliseconds(delayMs))
  }

  private func key(_ message: Int) -> CrashLedger.Key {
    switch channel {
    case .telegram: .init(channel: channel.rawValue, key: String(updateID(message)))
    case .webchat: .init(channel: channel.rawValue, key: "\(externalID)/m-\(message)")
    }
  }

  private func updateID(_ message: Int) -> Int { (number + 1) * Self.updatesPerChat + message }

  private func request(_ message: Int) -> HTTPRequest {
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    let path: String
    let body: String
    switch channel {
    case .telegram:
      path = TelegramLoad.path
      headers.append("X-Telegram-Bot-Api-Secret-Token", Self.secret)
      let person = "\"id\":\(externalID),\"first_name\":\"Shirin\""
      body = """
        {"update_id":\(updateID(message)),"message":{"message_id":\(message),\
        "from":{\(person),"is_bot":false,"language_code":"en"},\
        "chat":{\(person),"type":"private"},"date":1760000000,"text":"hello \(message)"}}
        """
    case .webchat:
      path = "/gateway/webchat/\(externalID)/send"
      // Each visitor from an address of their own, so that no limit per address is met.
      headers.append("X-Forwarded-For", "10.0.\(number / 250).\(number % 250 + 1)")
      body = "{\"id\":\"m-\(message)\",\"text\":\"hello \(message)\"}"
    }
    return HTTPRequest(
      method: .post, url: baseURL + path, headers: headers, body: Array(body.utf8),
      timeouts: Self.timeouts)
  }
}
