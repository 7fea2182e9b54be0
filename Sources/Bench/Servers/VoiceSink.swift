import Hummingbird
import Logging
import NIOCore
import Synchronization

/// Stands in for the Bot API while voice notes are measured: hands out one recording as every file,
/// and tells of each call.
final class VoiceSink: Sendable {
  struct Call: Sendable {
    let method: String
    let body: String
  }

  private static let bodyBytesMax = 4 << 20
  private static let callsMax = 1_000
  private static let file =
    #"{"ok":true,"result":{"file_id":"1","file_unique_id":"1","file_path":"voice/note.ogg"}}"#

  let calls: AsyncStream<Call>
  private let continuation: AsyncStream<Call>.Continuation
  private let recording = Mutex<[UInt8]>([])

  init() {
    (calls, continuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(Self.callsMax))
  }

  func hold(_ bytes: [UInt8]) { recording.withLock { $0 = bytes } }

  /// Serves on 127.0.0.1 until the task is cancelled.
  func run(port: Int) async throws {
    let router = Router()
    router.get("file/**") { [self] _, _ in
      Response(
        status: .ok, headers: [.contentType: "audio/ogg"],
        body: .init(byteBuffer: ByteBuffer(bytes: recording.withLock { $0 })))
    }
    for method in [HTTPRequest.Method.get, .post] {
      router.on(":bot/:method", method: method) { [self] request, context in
        let method = context.parameters.get("method") ?? ""
        let body = try await request.body.collect(upTo: Self.bodyBytesMax)
        continuation.yield(Call(method: method, body: String(buffer: body)))
        return method == "getFile"
          ? ProviderSink.response(Self.file) : ProviderSink.answer(to: method)
      }
    }
    var logger = Logger(label: "sink")
    logger.logLevel = .critical
    let application = Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
      logger: logger)
    try await application.run()
  }
}
