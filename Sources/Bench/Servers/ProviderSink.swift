import Hummingbird
import Logging

/// Stands in for the Bot API while speed is measured: accepts everything, remembers nothing.
enum ProviderSink {
  private static let bot =
    #"{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"Bench","username":"bench_bot"}}"#
  private static let message =
    #"{"ok":true,"result":{"message_id":1,"date":1760000000,"chat":{"id":1,"type":"private"}}}"#
  private static let done = #"{"ok":true,"result":true}"#

  /// Serves on 127.0.0.1 until the task is cancelled.
  static func run(port: Int) async throws {
    let router = Router()
    router.post(":bot/:method") { _, context in
      let method = context.parameters.get("method") ?? ""
      return Self.answer(to: method)
    }
    router.get(":bot/:method") { _, context in
      Self.answer(to: context.parameters.get("method") ?? "")
    }
    var logger = Logger(label: "sink")
    logger.logLevel = .critical
    let application = Application(
      router: router,
      configuration: .init(address: .hostname("127.0.0.1", port: port)),
      logger: logger)
    try await application.run()
  }

  static func answer(to method: String) -> Response {
    let text =
      if method == "getMe" {
        bot
      } else if method.hasPrefix("send"), method != "sendChatAction" {
        message
      } else {
        done
      }
    return response(text)
  }

  static func response(_ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
