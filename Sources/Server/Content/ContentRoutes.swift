import Channels
import Conversation
import Foundation
import HTTPTypes
import Hummingbird
import Language
import Learning
import NIOCore
import Storage

/// `/api/v1/content/…` for operators: lessons are looked at, changed, published, judged by what
/// learners did with them, and drafted.
struct ContentRoutes: Sendable {
  static let prefix = "/api/v1/content"
  /// A lesson as JSON may be twice as long as it is.
  static let bodyBytesMax = 256 << 10
  /// And all lessons as they are.
  static let streamBytesMax = LessonFile.streamBytesMax

  let content: ContentService
  let apiKey: String?

  func add(to router: Router<AppContext>) {
    let lessons = Self.prefix + "/lessons"
    get(lessons, router) { _, _ in
      .success(ContentJSON.list(try await content.list()))
    }
    post(lessons, router) { request, _ in
      let body = try await body(of: request)
      let entry = try await content.save(
        body.required("yaml"), from: body.version, by: body.author())
      return .success(ContentJSON.entry(entry), status: entry.version == 1 ? .created : .ok)
    }
    get(lessons + "/:id", router) { request, id in
      let found = try await content.show(id, version: try Self.version(in: request))
      return .success(ContentJSON.lesson(found.entry, found.file))
    }
    router.put(RouterPath(lessons + "/:id")) { request, context in
      try await answer(request, context) { request, id in
        let body = try await body(of: request)
        let entry = try await content.save(
          body.required("yaml"), as: id, from: body.version, by: body.author())
        return .success(ContentJSON.entry(entry))
      }
    }
    get(lessons + "/:id/yaml", router) { request, id in
      .yaml(try await content.show(id, version: try Self.version(in: request)).file.yaml)
    }
    get(lessons + "/:id/history", router) { _, id in
      .success(ContentJSON.history(try await content.history(id)))
    }
    get(lessons + "/:id/statistics", router) { request, id in
      let found = try await content.statistics(id, version: try Self.version(in: request))
      return .success(ContentJSON.statistics(found))
    }
    post(lessons + "/:id/publish", router) { request, id in
      let body = try await body(of: request)
      let entry = try await content.publish(
        id, body.requiredVersion(), by: body.author())
      return .success(ContentJSON.entry(entry))
    }
    post(lessons + "/:id/unpublish", router) { request, id in
      let body = try await body(of: request)
      let entry = try await content.unpublish(
        id, body.requiredVersion(), by: body.author())
      return .success(ContentJSON.entry(entry))
    }
    addStreams(to: router)
    addDrafts(to: router)
  }

  private func addStreams(to router: Router<AppContext>) {
    get(Self.prefix + "/export", router) { _, _ in .yaml(try await content.export()) }
    post(Self.prefix + "/import", router) { request, _ in
      guard request.headers[.contentType]?.hasPrefix("application/yaml") == true else {
        throw HTTPFault.unsupportedType
      }
      let query = request.uri.queryParameters
      guard let author = Author(query["author"].map(String.init) ?? "") else {
        throw HTTPFault.missingFields("an `author` in the address says who answers for it")
      }
      let bytes = try await request.body(bytesMax: Self.streamBytesMax)
      guard let stream = String(validating: bytes, as: UTF8.self) else {
        throw HTTPFault.notDecodable("it is not UTF-8")
      }
      let entries = try await content.take(
        stream, publishes: query["publish"] == "true", by: author)
      return .success(ContentJSON.list(entries))
    }
  }

  private func addDrafts(to router: Router<AppContext>) {
    post(Self.prefix + "/drafts", router) { request, _ in
      let body = try await body(of: request)
      let id = try await content.startDraft(body.order(), by: body.author())
      return .success(
        "{\"id\":\(JSONText.quoted(id)),\"state\":\"waiting\"}", status: .accepted)
    }
    get(Self.prefix + "/drafts/:id", router) { _, id in
      guard let draft = try await content.draft(id) else { throw HTTPFault.notFound }
      return .success(ContentJSON.draft(draft))
    }
  }

  // MARK: Asking and answering

  private typealias Answer = @Sendable (Request, _ id: String) async throws -> Response

  private func get(_ path: String, _ router: Router<AppContext>, _ body: @escaping Answer) {
    router.get(RouterPath(path)) { try await answer($0, $1, body) }
  }

  private func post(_ path: String, _ router: Router<AppContext>, _ body: @escaping Answer) {
    router.post(RouterPath(path)) { try await answer($0, $1, body) }
  }

  private func answer(
    _ request: Request, _ context: AppContext, _ body: Answer
  ) async throws -> Response {
    try OperatorKey.require(apiKey, request)
    do {
      return try await body(request, context.parameters.get("id") ?? "")
    } catch let fault as LessonDeskFault {
      throw HTTPFault(fault)
    } catch let fault as DraftFault {
      throw HTTPFault.missingFields(fault.description)
    } catch let error as StorageError where error.meansTryAgain {
      throw HTTPFault.unavailable
    }
  }

  private func body(of request: Request) async throws -> ContentBody {
    try request.requireJSON()
    let bytes = try await request.body(bytesMax: Self.bodyBytesMax)
    do { return ContentBody(root: try JSONDocument(bytes).root) } catch {
      throw HTTPFault.notDecodable("it is not JSON")
    }
  }

  private static func version(in request: Request) throws(HTTPFault) -> Int? {
    guard let text = request.uri.queryParameters["version"] else { return nil }
    guard let version = Int(text) else { throw .missingFields("`version` is a number") }
    return version
  }
}

/// What a request about content says.
private struct ContentBody {
  let root: JSONElement

  var version: Int? { root["version"]?.integer.map { Int($0) } }

  func required(_ key: StaticString) throws(HTTPFault) -> String {
    guard let text = root[key]?.string else { throw .missingFields("`\(key)` is a text") }
    return text
  }

  func requiredVersion() throws(HTTPFault) -> Int {
    guard let version else { throw .missingFields("`version` is the number that is meant") }
    return version
  }

  func author() throws(HTTPFault) -> Author {
    guard let author = Author(root["author"]?.string ?? "") else {
      throw .missingFields("`author` says who answers for it")
    }
    return author
  }

  func order() throws(HTTPFault) -> LessonOrder {
    guard let level = CEFRLevel(rawValue: try required("level")) else {
      throw .missingFields("`level` is one of A0 to C1")
    }
    return LessonOrder(
      title: try required("title"), level: level, category: try required("category"),
      aims: root["aims"]?.items.compactMap(\.string) ?? [])
  }
}

extension HTTPFault {
  fileprivate init(_ fault: LessonDeskFault) {
    switch fault {
    case .unknown: self = .notFound
    case .conflict(let lesson, let read, let current):
      let known = read.map { "version \($0)" } ?? "no version"
      self = .conflict(
        "\(lesson) is at version \(current), and this was made from \(known). Read it again, "
          + "put both together, and say the version you read.")
    case .unsound(let faults): self = .unsound(faults)
    case .tooLarge: self = .tooLarge
    case .full: self = .missingFields("there are more lessons than can be kept")
    }
  }
}

extension Response {
  fileprivate static func yaml(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/yaml; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}
