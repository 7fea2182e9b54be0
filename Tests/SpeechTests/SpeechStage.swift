import Foundation
import Media
import Speech
import Standins
import Synchronization
import Testing
import Transport

/// The executables of this build lie beside the tests.
enum BuiltProgram {
  static let speech: String = {
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    // The test runner itself lies elsewhere; the bundle it was given does not.
    let bundles = CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map {
      URL(filePath: $0).deletingLastPathComponent()
    }
    let candidates = (bundles + [folder]).map { $0.appending(path: "parlance-speech").path }
    return candidates.first(where: FileManager.default.isExecutableFile) ?? candidates[0]
  }()
}

/// A recording of a voice as it comes from a messenger.
let voiceNote: [UInt8] = {
  // A machine without the encoder fails the tests that need it.
  (try? AudioEncoder.oggOpus(SampleFiles.voiceLike(lengthMs: 2_000))) ?? []
}()

/// What a service on loopback was asked, and a client that asks it.
final class ServiceStage: Sendable {
  struct Call: Sendable {
    let head: String
    let body: String

    var path: String { String(head.split(separator: " ").dropFirst().first ?? "") }

    /// The value of a field of a form.
    func field(_ name: String) -> String? {
      guard let start = body.range(of: "name=\"\(name)\"\r\n\r\n") else { return nil }
      return String(body[start.upperBound...].prefix { $0 != "\r\n" })
    }
  }

  let server: FaultyServer
  let worker = SpeechWorker(program: BuiltProgram.speech)
  private let client = HTTPClient()
  private let log: CallList

  init(_ answer: @escaping @Sendable (Call, FaultyConnection) -> Void) throws {
    let log = CallList()
    self.log = log
    server = try FaultyServer { connection in
      while let request = connection.readRequest() {
        let parts = request.split(separator: "\r\n\r\n", maxSplits: 1)
        let call = Call(head: String(parts[0]), body: parts.count > 1 ? String(parts[1]) : "")
        log.append(call)
        answer(call, connection)
      }
    }
  }

  var calls: [Call] { log.calls }

  func service(
    key: String? = "key-0123456789",
    timeouts: HTTPRequest.Timeouts = HTTPRequest.Timeouts(),
    breaker: CircuitBreaker = CircuitBreaker()
  ) -> SpeechService {
    SpeechService(
      baseURL: server.url, key: key,
      client: ProviderClient(
        name: "speech", client: client, timeouts: timeouts, secrets: [key].compactMap { $0 },
        breaker: breaker))
  }

  func recogniser(
    model: String = "whisper-1", dialect: WhisperRecogniser.Dialect? = nil,
    timeouts: HTTPRequest.Timeouts = HTTPRequest.Timeouts()
  ) -> WhisperRecogniser {
    WhisperRecogniser(
      service: service(timeouts: timeouts), model: model, dialect: dialect, converter: worker)
  }

  func end() async {
    await client.shutdown()
    await worker.stop()
    server.stop()
  }

  static func with(
    _ answer: @escaping @Sendable (Call, FaultyConnection) -> Void,
    _ body: (ServiceStage) async throws -> Void
  ) async throws {
    let stage = try ServiceStage(answer)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(stage)) } catch { outcome = .failure(error) }
    await stage.end()
    try outcome.get()
  }
}

private final class CallList: Sendable {
  private let list = Mutex<[ServiceStage.Call]>([])

  var calls: [ServiceStage.Call] { list.withLock { $0 } }

  func append(_ call: ServiceStage.Call) { list.withLock { $0.append(call) } }
}

extension FaultyConnection {
  func answer(bytes: [UInt8], type: String) {
    write(
      "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(bytes.count)\r\n\r\n")
    write(bytes)
  }
}

/// The fault of something that must not succeed; nil when it did, or failed in another way.
func fault<Value>(of work: () async throws -> Value) async -> SpeechFault? {
  do {
    _ = try await work()
    return nil
  } catch { return error as? SpeechFault }
}
