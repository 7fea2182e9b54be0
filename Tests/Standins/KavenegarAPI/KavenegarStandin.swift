import Synchronization

/// Plays Kavenegar on loopback: sends nothing, knows each `localid` once, holds every request
/// against the published tables, and fails when a test tells it to.
package final class KavenegarStandin: Sendable {
  package static let key = "6B6176656E656761722D6B6579"
  package static let line = "10004346"

  /// One request that has arrived.
  package struct Call: Sendable {
    /// `sms/send`
    package let method: String
    package let form: [FormPair]
    /// Whether the caller was given what it asked for.
    package let isAnswered: Bool
  }

  /// A message as it would be on its way.
  package struct Message: Sendable, Equatable {
    package let id: Int64
    package let localID: Int64
    package let receptor: String
    package let text: String
    package var status = 1
  }

  struct Received: Sendable {
    let id: Int64
    let from: String
    let text: String
    let at: Int64
    var isRead = false
  }

  struct World: Sendable {
    var faults = SMSFaults()
    var messages: [Message] = []
    var inbox: [Received] = []
    var violations: [String] = []
    var blocked: Set<String> = []
    var credit: Int64 = 1_500_000
    var nextID: Int64 = 5_000_000_000
  }

  package let calls = CallLog<Call>()
  let world = Mutex(World())
  private let server: Mutex<LoopbackServer?>

  package static func with<Value>(
    port: Int = 0, _ body: (KavenegarStandin) async throws -> Value
  ) async throws -> Value {
    let standin = try await KavenegarStandin(port: port)
    do {
      let value = try await body(standin)
      await standin.stop()
      return value
    } catch {
      await standin.stop()
      throw error
    }
  }

  package init(port: Int = 0) async throws {
    server = Mutex(nil)
    let rules = try KavenegarRules.located()
    let started = try await LoopbackServer.start(port: port) { [weak self] request in
      self?.answer(request, rules) ?? .close
    }
    server.withLock { $0 = started }
  }

  package func stop() async { await server.withLock { $0 }?.stop() }

  /// The base to which a client adds `/v1/<key>/…`.
  package var url: String { "http://127.0.0.1:\(server.withLock { $0?.port ?? 0 })" }

  package var messages: [Message] { world.withLock(\.messages) }
  /// Where requests were not what the provider asks for; tests want none.
  package var violations: [String] { world.withLock(\.violations) }

  package func script(_ fault: SMSFault, method: String = "sms/send", times: Int = 1) {
    world.withLock { $0.faults.add(fault, method, times: times) }
  }

  package func removeScripts() { world.withLock { $0.faults.removeAll() } }

  /// A number that every call with it is refused for.
  package func block(_ receptor: String) { world.withLock { _ = $0.blocked.insert(receptor) } }

  package func setStatus(_ status: Int, of id: Int64) {
    world.withLock { world in
      for index in world.messages.indices where world.messages[index].id == id {
        world.messages[index].status = status
      }
    }
  }

  /// A message somebody has sent to the line.
  @discardableResult
  package func receive(_ text: String, from: String, at seconds: Int64) -> Int64 {
    world.withLock { world in
      world.nextID += 1
      world.inbox.append(Received(id: world.nextID, from: from, text: text, at: seconds))
      return world.nextID
    }
  }

  // MARK: Answers

  private func answer(_ request: ReceivedRequest, _ rules: KavenegarRules?) -> StandinAnswer {
    let prefix = "/v1/\(Self.key)/"
    guard request.path.hasPrefix(prefix), request.path.hasSuffix(".json") else {
      return Self.refusal(request.path.hasPrefix("/v1/") ? 403 : 404)
    }
    let method = String(request.path.dropFirst(prefix.count).dropLast(".json".count))
    let form = request.method == "POST" ? request.form : request.queryForm
    let found = rules?.violations(method, form, request) ?? []
    let (answer, isAnswered) = world.withLock { world -> (StandinAnswer, Bool) in
      world.violations += found
      let fault = world.faults.take(method)
      switch fault {
      case .refuse(let status, let code)?: return (Self.refusal(code, status: status), false)
      case .answer(let status, let value)?: return (.json(status: status, value), false)
      case .closeBefore?: return (.close, false)
      case .closeAfter?:
        _ = world.perform(method, form)
        return (.close, false)
      case .garbageAfter(let status)?:
        _ = world.perform(method, form)
        return (.html(status: status), false)
      case nil: break
      }
      let result = world.perform(method, form)
      return (result, result.isSuccess)
    }
    calls.add(Call(method: method, form: form, isAnswered: isAnswered))
    return answer
  }

  static func refusal(_ code: Int, status: Int? = nil) -> StandinAnswer {
    .json(
      status: status ?? code,
      ["return": ["status": .integer(Int64(code)), "message": "خطا"], "entries": nil])
  }
}

extension StandinAnswer {
  fileprivate var isSuccess: Bool {
    if case .json(200, _) = self { true } else { false }
  }
}
