package import Transport

extension BotAPIStandin {
  package struct NoWebhook: Error {}

  /// Sends an update to the webhook the bot has set, as Telegram would, and gives the status it
  /// was answered with.
  package func deliver(_ update: JSONValue, over client: HTTPClient) async throws -> Int {
    let (webhook, numbered) = ledger.withWorld { ($0.webhook, $0.number(update)) }
    guard let webhook else { throw NoWebhook() }
    var headers: HTTPHeaders = ["Content-Type": "application/json"]
    if let secret = webhook.secret { headers.append("X-Telegram-Bot-Api-Secret-Token", secret) }
    return try await client.send(
      HTTPRequest(
        method: .post, url: webhook.url, headers: headers, body: try numbered.encoded())
    ).status
  }
}
