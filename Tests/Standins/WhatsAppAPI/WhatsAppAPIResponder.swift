import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Transport

/// The stand-in's HTTP side.
struct WhatsAppAPIResponder: HTTPResponder {
  typealias Context = BotAPIContext

  private static let bodyBytesMax = 110 << 20
  private static let version = "v23.0"

  struct ConnectionClosed: Error {}

  let ledger: WhatsAppAPILedger

  func respond(to request: Request, context: BotAPIContext) async throws -> Response {
    let path = request.uri.path.split(separator: "/").map(String.init)
    let isAuthorised =
      request.headers[.authorization] == "Bearer \(WhatsAppAPIStandin.accessToken)"
    guard isAuthorised else { return try refusal(401, code: 190) }
    if path.count == 2, path[0] == "files" {
      return try await answer(.download, .string(path[1]), nil, context) { _ in download(path[1]) }
    }
    guard path.first == Self.version, path.count > 1 else { return try refusal(404, code: 2500) }
    if request.method == .get, path.count == 2 {
      return try await answer(.describe, .string(path[1]), nil, context) { _ in
        try describe(path[1], context)
      }
    }
    guard request.method == .post, path.count == 3,
      path[1] == WhatsAppAPIStandin.phoneNumberID
    else { return try refusal(400, code: 100) }
    var request = request
    let body = Array(try await request.collectBody(upTo: Self.bodyBytesMax).readableBytesView)
    switch path[2] {
    case "messages": return try await message(request, body, context)
    case "media": return try await upload(request, body, context)
    case _: return try refusal(400, code: 100)
    }
  }

  private func message(
    _ request: Request, _ body: [UInt8], _ context: BotAPIContext
  ) async throws -> Response {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: body)
    } catch {
      ledger.report(["the body is not JSON"])
      return try refusal(400, code: 100)
    }
    var violations: [String] = []
    if request.headers[.contentType] != "application/json" { violations.append("no JSON type") }
    if let specification = ledger.specification {
      violations += WhatsAppRequestCheck.violations(in: json, specification)
    }
    ledger.report(violations)
    if json["status"] == "read" {
      return try await answer(.readMark, json, nil, context) { _ in
        try self.json(.ok, ["success": true])
      }
    }
    return try await answer(.message, json, nil, context) { messageID in
      guard violations.isEmpty else { return try refusal(400, code: 131_009) }
      for kind in ["audio", "image", "document"] {
        if let id = json[kind]?["id"]?.string, !ledger.isUploaded(id) {
          return try refusal(400, code: 131_053)
        }
      }
      let recipient = (json["to"] ?? json["recipient"])?.string ?? ""
      return try self.json(
        .ok,
        [
          "messaging_product": "whatsapp",
          "contacts": [["input": .string(recipient), "wa_id": .string(recipient)]],
          "messages": [["id": .string(messageID ?? ""), "message_status": "accepted"]],
        ])
    }
  }

  private func upload(
    _ request: Request, _ body: [UInt8], _ context: BotAPIContext
  ) async throws -> Response {
    let parameters = try RequestBody.parameters(
      query: nil, contentType: request.headers[.contentType], body: body)
    let file = parameters.files["file"]
    var violations: [String] = []
    if parameters.values["messaging_product"] != "whatsapp" {
      violations.append("media: messaging_product is missing")
    }
    if file == nil { violations.append("media: file is missing") }
    if parameters.values["type"]?.string != file?.contentType {
      violations.append("media: the types differ")
    }
    ledger.report(violations)
    return try await answer(.upload, .object(parameters.values), file, context) { _ in
      guard violations.isEmpty else { return try refusal(400, code: 100) }
      return try json(.ok, ["id": .string(ledger.keepUpload())])
    }
  }

  private func describe(_ id: String, _ context: BotAPIContext) throws -> Response {
    // The number itself: what a check of the token asks for.
    if id == WhatsAppAPIStandin.phoneNumberID { return try json(.ok, ["id": .string(id)]) }
    guard let file = ledger.file(id) else { return try refusal(400, code: 100) }
    let port = context.channel.localAddress?.port ?? 0
    let digest = file.digestTold ?? Hex.text(of: SHA256.digest(file.bytes))
    return try json(
      .ok,
      [
        "id": .string(id), "messaging_product": "whatsapp", "mime_type": .string(file.mediaType),
        "sha256": .string(digest), "file_size": .string("\(file.sizeTold ?? file.bytes.count)"),
        "url": .string(file.url ?? "http://127.0.0.1:\(port)/files/\(id)"),
      ])
  }

  private func download(_ id: String) -> Response {
    guard let file = ledger.takeDownload(id) else { return Response(status: .notFound) }
    return Response(
      status: .ok, headers: [.contentType: file.mediaType],
      body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
  }

  // MARK: Answers

  private func answer(
    _ kind: WhatsAppCall.Kind, _ body: JSONValue, _ file: UploadedFile?,
    _ context: BotAPIContext, _ usual: (String?) throws -> Response
  ) async throws -> Response {
    switch ledger.receive(kind, body, file) {
    case .answer(let messageID):
      return try usual(messageID)
    case .fault(.refuse(let status, let code, let headers)):
      return try refusal(status, code: code, headers: headers)
    case .fault(.closeBefore), .fault(.closeAfter):
      try await context.channel.close().get()
      throw ConnectionClosed()
    case .fault(.garbage):
      return Response(
        status: .ok, headers: [.contentType: "text/html"],
        body: .init(byteBuffer: ByteBuffer(string: "<html>a gateway answered instead</html>")))
    }
  }
  private func refusal(
    _ status: Int, code: Int, headers: [String: String] = [:]
  ) throws -> Response {
    var response = try json(
      .init(code: status),
      [
        "error": [
          "message": .string("(#\(code)) told to Maryam in +989120000000"),
          "type": "OAuthException",
          "code": .integer(Int64(code)),
          "error_data": ["messaging_product": "whatsapp", "details": "about Maryam"],
          "fbtrace_id": "AStandin",
        ]
      ])
    for (name, value) in headers {
      if let field = HTTPField.Name(name) { response.headers[field] = value }
    }
    return response
  }

  private func json(_ status: HTTPResponse.Status, _ value: JSONValue) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(bytes: try value.encoded())))
  }
}
