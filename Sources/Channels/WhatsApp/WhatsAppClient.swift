import Conversation
package import Transport

/// Calls the Graph API for one number.
package struct WhatsAppClient: Sendable {
  /// The version of the API whose contract is kept.
  package static let version = "v23.0"
  /// With the message that follows it, an upload has to end while its delivery is claimed.
  private static let fileTimeouts = HTTPRequest.Timeouts(totalMs: 60_000)

  let account: WhatsAppAccount
  /// Without a slash at the end.
  let baseURL: String
  private let provider: ProviderClient

  /// - Parameter baseURL: where `/v23.0/…` is added: `https://graph.facebook.com`.
  package init(
    account: WhatsAppAccount, baseURL: String, provider: ProviderClient
  ) {
    self.account = account
    self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
    self.provider = provider
  }

  /// Posts to the number's messages: a message, or that one was read.
  func post(_ json: String) async -> WhatsAppAnswer {
    await answer(
      to: request(
        .post, "\(baseURL)/\(Self.version)/\(account.phoneNumberID)/messages",
        contentType: "application/json", body: Array(json.utf8)))
  }

  func upload(_ media: OutgoingMedia) async -> WhatsAppAnswer {
    let form: (contentType: String, body: [UInt8])
    do {
      var parts = try MultipartForm.withRandomBoundary()
      parts.addField("messaging_product", "whatsapp")
      parts.addField("type", media.mediaType)
      parts.addFile(
        "file", fileName: media.fileName, contentType: media.mediaType, bytes: media.bytes)
      form = parts.encoded()
    } catch {
      return .unanswered(.invalidRequest(.body))
    }
    var upload = request(
      .post, "\(baseURL)/\(Self.version)/\(account.phoneNumberID)/media",
      contentType: form.contentType, body: form.body)
    upload.timeouts = Self.fileTimeouts
    return await answer(to: upload)
  }

  /// - Parameter path: what follows the version, without a slash before it.
  func get(_ path: String) async -> WhatsAppAnswer {
    await answer(to: request(.get, "\(baseURL)/\(Self.version)/\(path)"))
  }

  /// The bytes behind an address that the API gave out.
  func download(_ url: String, bytesMax: Int) async throws(HTTPFailure) -> HTTPResponse {
    var download = request(.get, url)
    download.maxResponseBytes = bytesMax
    download.timeouts = Self.fileTimeouts
    return try await provider.send(download)
  }

  private func request(
    _ method: HTTPRequest.Method, _ url: String, contentType: String? = nil, body: [UInt8] = []
  ) -> HTTPRequest {
    var headers: HTTPHeaders = ["Authorization": "Bearer \(account.accessToken)"]
    if let contentType { headers.append("Content-Type", contentType) }
    return HTTPRequest(method: method, url: url, headers: headers, body: body)
  }

  private func answer(to request: HTTPRequest) async -> WhatsAppAnswer {
    do {
      return WhatsAppAnswer(try await provider.send(request))
    } catch {
      return .unanswered(error)
    }
  }
}
