package import Transport

/// Calls methods of the Bot API.
package struct TelegramClient: Sendable {
  private static let answerBytesMax = 16 << 20
  /// It has to end while its delivery is claimed, together with a second attempt.
  private static let fileTimeouts = HTTPRequest.Timeouts(totalMs: 50_000)

  private let token: TelegramToken
  private let baseURL: String
  private let provider: ProviderClient

  /// - Parameter baseURL: where `/bot…` is added: `https://api.telegram.org`.
  package init(token: TelegramToken, baseURL: String, provider: ProviderClient) {
    self.token = token
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.provider = provider
  }

  func call(
    _ method: String, _ parameters: TelegramParameters = TelegramParameters(),
    timeouts: HTTPRequest.Timeouts? = nil
  ) async -> TelegramAnswer {
    await answer(
      to: method, contentType: "application/json", body: parameters.bytes, timeouts: timeouts)
  }

  /// The same for a call that brings a file.
  func upload(_ method: String, _ form: MultipartForm) async -> TelegramAnswer {
    let encoded = form.encoded()
    return await answer(
      to: method, contentType: encoded.contentType, body: encoded.body,
      timeouts: Self.fileTimeouts)
  }

  /// The bytes of a file, wherever `getFile` says it lies. A redirect is not followed.
  func download(_ path: String, bytesMax: Int) async throws(HTTPFailure) -> HTTPResponse {
    try await provider.send(
      HTTPRequest(
        url: "\(baseURL)/file/bot\(token.text)/\(path)", timeouts: Self.fileTimeouts,
        maxResponseBytes: bytesMax))
  }

  private func answer(
    to method: String, contentType: String, body: [UInt8], timeouts: HTTPRequest.Timeouts?
  ) async -> TelegramAnswer {
    let request = HTTPRequest(
      method: .post, url: "\(baseURL)/bot\(token.text)/\(method)",
      headers: ["Content-Type": contentType], body: body,
      timeouts: timeouts, maxResponseBytes: Self.answerBytesMax)
    do {
      return TelegramAnswer(try await provider.send(request))
    } catch {
      return .unanswered(error)
    }
  }
}

/// The parameters of one call, as JSON.
struct TelegramParameters {
  private(set) var text = "{"

  var bytes: [UInt8] { Array((text + "}").utf8) }

  /// Adds a parameter that is JSON already.
  mutating func add(_ name: StaticString, json: String) {
    if text.utf8.count > 1 { text += "," }
    text += "\"\(name)\":\(json)"
  }
}
