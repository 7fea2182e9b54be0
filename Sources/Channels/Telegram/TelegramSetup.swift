package import Conversation
package import Logging

/// Tells Telegram, at start, where to send updates and which commands to suggest.
package struct TelegramSetup: Sendable {
  package static let webhookPath = "/gateway/webhook/telegram"
  package static let connectionsMaxDefault = 40
  private static let attemptsMax = 1_000

  /// Where Telegram sends updates.
  package struct Webhook: Sendable {
    let url: String
    let secret: String
    let connectionsMax: Int

    /// - Parameter publicURL: our address as the world sees it, without a path.
    package init(
      publicURL: String, secret: String,
      connectionsMax: Int = TelegramSetup.connectionsMaxDefault
    ) {
      let base = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
      url = base + TelegramSetup.webhookPath
      self.secret = secret
      self.connectionsMax = connectionsMax
    }
  }

  package struct Command: Sendable, Equatable {
    let name: String
    let description: String

    package init(name: String, description: String) {
      self.name = name
      self.description = description
    }
  }

  private struct Step {
    let method: String
    let parameters: TelegramParameters
  }

  private let client: TelegramClient
  private let webhook: Webhook?
  private let commands: [LanguageCode: [Command]]
  private let retry: TelegramRetry
  private let logger: Logger

  /// - Parameters:
  ///   - webhook: nil where updates are polled.
  ///   - commands: what is suggested to people whose client speaks that language; English to all
  ///     others.
  package init(
    client: TelegramClient, webhook: Webhook?, commands: [LanguageCode: [Command]],
    retry: TelegramRetry, logger: Logger
  ) {
    self.client = client
    self.webhook = webhook
    self.commands = commands
    self.retry = retry
    self.logger = logger
  }

  /// Returns when everything is told, or refused for good; nothing else depends on it.
  package func run() async {
    for step in steps {
      guard await perform(step) else { return }
    }
  }

  private var steps: [Step] {
    let webhookStep = webhook.map { [Step(method: "setWebhook", parameters: parameters($0))] }
    let fallback = commands[Phrasebook.fallbackLanguage].map { [commandsStep($0, nil)] }
    let others = commands.sorted { $0.key.text < $1.key.text }
      .filter { $0.key != Phrasebook.fallbackLanguage }
      .map { commandsStep($0.value, $0.key) }
    return (webhookStep ?? []) + (fallback ?? []) + others
  }

  private func parameters(_ webhook: Webhook) -> TelegramParameters {
    var parameters = TelegramParameters()
    parameters.add("url", json: JSONText.quoted(webhook.url))
    parameters.add("secret_token", json: JSONText.quoted(webhook.secret))
    parameters.add("max_connections", json: "\(webhook.connectionsMax)")
    parameters.add("allowed_updates", json: TelegramUpdate.allowedKindsJSON)
    return parameters
  }

  private func commandsStep(_ commands: [Command], _ language: LanguageCode?) -> Step {
    let items = commands.map {
      "{\"command\":\(JSONText.quoted($0.name)),\"description\":"
        + "\(JSONText.quoted($0.description))}"
    }
    var parameters = TelegramParameters()
    parameters.add("commands", json: "[" + items.joined(separator: ",") + "]")
    if let language { parameters.add("language_code", json: JSONText.quoted(language.text)) }
    return Step(method: "setMyCommands", parameters: parameters)
  }

  /// - Returns: false when the task was cancelled.
  private func perform(_ step: Step) async -> Bool {
    for attempt in 1...Self.attemptsMax {
      let answer = await client.call(step.method, step.parameters)
      guard !Task.isCancelled else { return false }
      switch answer {
      case .accepted: return true
      case .refused(let refusal) where refusal.code == 400:
        logger.error("\(step.method) was refused", metadata: ["reason": "\(refusal.reason)"])
        return true
      case .refused(let refusal) where refusal.code == 429:
        guard await retry.wait(refusal.retryAfterMs) else { return false }
      case .refused(let refusal):
        logger.warning("\(step.method) was refused", metadata: ["reason": "\(refusal.reason)"])
        guard await retry.wait(attempt: attempt) else { return false }
      case .unreadable(let status):
        logger.warning("\(step.method) gave no answer", metadata: ["status": "\(status)"])
        guard await retry.wait(attempt: attempt) else { return false }
      case .unanswered(let failure):
        logger.warning("\(step.method) failed", metadata: ["reason": "\(failure)"])
        guard await retry.wait(attempt: attempt) else { return false }
      }
    }
    return true
  }
}
