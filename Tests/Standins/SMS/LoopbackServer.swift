import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// A request as a stand-in sees it.
struct ReceivedRequest: Sendable {
  let method: String
  let path: String
  let query: String
  let contentType: String
  let authorisation: String?
  let body: [UInt8]

  /// The fields of the body in their order.
  var form: [FormPair] { FormPair.parse(String(decoding: body, as: UTF8.self)) }
  var queryForm: [FormPair] { FormPair.parse(query) }
}

/// One field of a form.
package struct FormPair: Sendable, Equatable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  static func parse(_ text: String) -> [FormPair] {
    text.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return FormPair(name: plain(parts[0]), value: parts.count == 2 ? plain(parts[1]) : "")
    }
  }

  private static func plain(_ text: Substring) -> String {
    let spaced = String(text.replacing("+", with: " "))
    return spaced.removingPercentEncoding ?? spaced
  }
}

extension [FormPair] {
  package subscript(name: String) -> String? { first { $0.name == name }?.value }
}

/// What a stand-in answers.
enum StandinAnswer: Sendable {
  case json(status: Int, JSONValue)
  case html(status: Int)
  /// The connection is closed instead.
  case close
}

/// A small HTTP server on loopback.
package final class LoopbackServer: Sendable {
  private static let bodyBytesMax = 8 << 20

  struct NotStarted: Error {}

  private let channel: any Channel
  private let server: Task<Void, any Error>

  static func start(
    port: Int, respond: @escaping @Sendable (ReceivedRequest) async throws -> StandinAnswer
  ) async throws -> LoopbackServer {
    let (channels, started) = AsyncThrowingStream<any Channel, any Error>.makeStream()
    var logger = Logger(label: "standin")
    logger.logLevel = .critical
    let application = Application(
      responder: Responder(respond: respond),
      configuration: .init(address: .hostname("127.0.0.1", port: port)),
      onServerRunning: { started.yield($0) }, logger: logger)
    let server = Task {
      do {
        try await application.runService(gracefulShutdownSignals: [])
        started.finish()
      } catch {
        started.finish(throwing: error)
        throw error
      }
    }
    for try await channel in channels { return LoopbackServer(channel: channel, server: server) }
    throw NotStarted()
  }

  private init(channel: any Channel, server: Task<Void, any Error>) {
    self.channel = channel
    self.server = server
  }

  var port: Int { channel.localAddress?.port ?? 0 }

  func stop() async {
    server.cancel()
    _ = await server.result
  }

  private struct Responder: HTTPResponder {
    typealias Context = BotAPIContext

    let respond: @Sendable (ReceivedRequest) async throws -> StandinAnswer

    func respond(to request: Request, context: BotAPIContext) async throws -> Response {
      var request = request
      let buffer = try await request.collectBody(upTo: LoopbackServer.bodyBytesMax)
      let received = ReceivedRequest(
        method: request.method.rawValue, path: request.uri.path, query: request.uri.query ?? "",
        contentType: request.headers[.contentType] ?? "",
        authorisation: request.headers[.authorization], body: Array(buffer.readableBytesView))
      switch try await respond(received) {
      case .json(let status, let value):
        return Response(
          status: .init(code: status), headers: [.contentType: "application/json"],
          body: .init(byteBuffer: ByteBuffer(bytes: try value.encoded())))
      case .html(let status):
        return Response(
          status: .init(code: status), headers: [.contentType: "text/html"],
          body: .init(byteBuffer: ByteBuffer(string: "<html>a gateway answers</html>")))
      case .close:
        try await context.channel.close().get()
        throw BotAPIResponder.ConnectionClosed()
      }
    }
  }
}
