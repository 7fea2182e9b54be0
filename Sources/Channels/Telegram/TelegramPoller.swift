package import Conversation
package import Logging
import Transport

/// Fetches updates where Telegram cannot reach us: long polling.
package struct TelegramPoller: Sendable {
  /// How long Telegram holds a question open while there is nothing to tell.
  package static let holdSecondsDefault = 50
  private static let answerSlackMs = 15_000
  private static let batchMax = 100
  private static let badTokenWaitMs: Int64 = 60_000

  private let client: TelegramClient
  private let accept: @Sendable (Inbound, _ raw: [UInt8]) async throws -> Void
  private let retry: TelegramRetry
  private let holdSeconds: Int
  private let logger: Logger

  /// - Parameter accept: makes a message durable. Whatever it throws, Telegram is asked for the
  ///   same updates again; so it must throw only when nothing can be stored at all.
  package init(
    client: TelegramClient, retry: TelegramRetry,
    holdSeconds: Int = TelegramPoller.holdSecondsDefault, logger: Logger,
    accept: @escaping @Sendable (Inbound, _ raw: [UInt8]) async throws -> Void
  ) {
    self.client = client
    self.retry = retry
    self.holdSeconds = holdSeconds
    self.logger = logger
    self.accept = accept
  }

  /// Polls until the task is cancelled.
  package func run() async {
    guard await deleteWebhook() else { return }
    var offset: Int64?
    var failureCount = 0
    while !Task.isCancelled {
      switch await poll(offset) {
      case .handled(let next):
        offset = next ?? offset
        failureCount = 0
      case .wait(let delayMs):
        guard await retry.wait(delayMs) else { return }
      case .failed:
        failureCount += 1
        guard await retry.wait(attempt: failureCount) else { return }
      }
    }
  }

  private enum Round {
    /// Everything is durable; the offset to go on from, when there was anything.
    case handled(Int64?)
    case wait(Int64)
    case failed
  }

  /// Telegram refuses to be polled while it has a webhook.
  ///
  /// - Returns: false when the task was cancelled before it was done.
  private func deleteWebhook() async -> Bool {
    var parameters = TelegramParameters()
    parameters.add("drop_pending_updates", json: "false")
    var attempt = 0
    while !Task.isCancelled {
      let answer = await client.call("deleteWebhook", parameters)
      if case .accepted = answer { return true }
      attempt += 1
      guard let delayMs = delayMs(after: answer, doing: "deleting the webhook") else {
        guard await retry.wait(attempt: attempt) else { return false }
        continue
      }
      guard await retry.wait(delayMs) else { return false }
    }
    return false
  }

  private func poll(_ offset: Int64?) async -> Round {
    let answer = await client.call("getUpdates", parameters(offset), timeouts: timeouts)
    guard case .accepted(let result) = answer else {
      return delayMs(after: answer, doing: "asking for updates").map(Round.wait) ?? .failed
    }
    guard result.isArray else {
      logger.warning("Telegram's updates are no list")
      return .failed
    }
    let updates = result.items
    guard !updates.isEmpty else { return .handled(nil) }
    do {
      try await acceptAll(updates)
    } catch {
      logger.error(
        "updates cannot be stored; asking for them again",
        metadata: ["fault": .string("\(type(of: error))")])
      return .failed
    }
    let newest = updates.compactMap { $0["update_id"]?.integer }.max()
    guard let newest, newest < .max else { return .failed }
    return .handled(newest + 1)
  }

  private func parameters(_ offset: Int64?) -> TelegramParameters {
    var parameters = TelegramParameters()
    if let offset { parameters.add("offset", json: "\(offset)") }
    parameters.add("limit", json: "\(Self.batchMax)")
    parameters.add("timeout", json: "\(holdSeconds)")
    parameters.add("allowed_updates", json: TelegramUpdate.allowedKindsJSON)
    return parameters
  }

  private var timeouts: HTTPRequest.Timeouts {
    HTTPRequest.Timeouts(totalMs: holdSeconds * 1_000 + Self.answerSlackMs)
  }

  /// Every person's updates in their order, different people's side by side so that they can
  /// share a commit.
  private func acceptAll(_ updates: [JSONElement]) async throws {
    var byChat: [String: [(Inbound, [UInt8])]] = [:]
    for update in updates {
      guard let inbound = decode(update) else { continue }
      byChat[inbound.sender.externalID, default: []].append((inbound, update.rawBytes))
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for messages in byChat.values {
        group.addTask { [accept] in
          for (inbound, raw) in messages { try await accept(inbound, raw) }
        }
      }
      try await group.waitForAll()
    }
  }

  /// What cannot be read is passed over: asking for it again would not change it.
  private func decode(_ update: JSONElement) -> Inbound? {
    do {
      switch try TelegramUpdate.decode(update) {
      case .inbound(let inbound): return inbound
      case .ignored(let reason):
        logger.debug("an update was ignored", metadata: ["reason": .string(reason.rawValue)])
      }
    } catch {
      logger.warning("an update could not be read", metadata: ["fault": .string("\(error)")])
    }
    return nil
  }

  /// - Returns: how long to wait, when the answer tells; nil for a wait that grows.
  private func delayMs(after answer: TelegramAnswer, doing what: String) -> Int64? {
    guard !Task.isCancelled else { return nil }
    switch answer {
    case .accepted: return nil
    case .refused(let refusal):
      logger.warning("\(what) was refused", metadata: ["reason": .string(refusal.reason)])
      switch refusal.code {
      case 401, 404:
        logger.error("Telegram does not know this bot's token; polling waits")
        return Self.badTokenWaitMs
      case 409:
        logger.error("another program polls for this bot or has set its webhook; only one can")
        return nil
      case 429: return refusal.retryAfterMs
      case _: return nil
      }
    case .unreadable(let status):
      logger.warning("\(what) gave an unreadable answer", metadata: ["status": "\(status)"])
      return nil
    case .unanswered(let failure):
      logger.warning("\(what) failed", metadata: ["reason": .string("\(failure)")])
      return nil
    }
  }
}

extension TelegramUpdate {
  static let allowedKindsJSON =
    "[" + allowedKinds.map(JSONText.quoted).joined(separator: ",") + "]"
}
