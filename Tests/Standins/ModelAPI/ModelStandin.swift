import Foundation
import Synchronization

/// A provider of models on loopback, good or bad, one conduct per request; the last one stays.
package final class ModelStandin: Sendable {
  package enum Wire: Sendable, CaseIterable {
    case ollama, openAI

    var specification: String {
      switch self {
      case .ollama: "ollama.openapi.json"
      case .openAI: "openai.chat-audio-embeddings.trimmed.json"
      }
    }

    var schema: String {
      switch self {
      case .ollama: "ChatRequest"
      case .openAI: "CreateChatCompletionRequest"
      }
    }
  }

  package enum Conduct: Sendable {
    /// Answers in small pieces, cut anywhere.
    case answers(String)
    /// Answers, and leaves out the last words of the format.
    case answersWithoutDone(String)
    /// Answers at once, without a stream.
    case answersWhole(String)
    /// Begins, and closes in the middle.
    case breaksOff(after: String)
    /// Begins, and says no more.
    case stalls(after: String)
    /// Reports a fault in the middle of the stream.
    case faults(after: String)
    case silent
    /// Bytes that are nothing of the format.
    case garbled
    /// A page, in place of an answer.
    case page
    /// A line without an end.
    case endlessLine
    /// An answer without an end.
    case endlessAnswer
    case notHTTP
    case status(Int, body: String)
  }

  private struct State {
    var conducts: [Conduct]
    var requests: [JSONValue] = []
    var heads: [String] = []
    var violations: [String] = []
  }

  private let server: FaultyServer
  private let box: StateBox

  package convenience init(_ wire: Wire, _ conducts: Conduct...) throws {
    try self.init(wire, conducts)
  }

  /// One conduct after another; the last goes on.
  package init(_ wire: Wire, _ conducts: [Conduct]) throws {
    let state = StateBox(State(conducts: conducts))
    let specification = try SpecificationFolder.json(wire.specification)
    server = try FaultyServer { connection in
      guard let request = connection.readRequest() else { return }
      guard !request.hasPrefix("GET ") else {
        connection.answer(headers: wire.json, body: wire.list)
        return
      }
      let conduct = state.take(request, wire, specification)
      conduct.perform(on: connection, wire)
    }
    box = state
  }

  package var url: String { server.url }
  /// What was asked, in order.
  package var requests: [JSONValue] { box.state.withLock { $0.requests } }
  package var heads: [String] { box.state.withLock { $0.heads } }
  /// What was not as the provider's description has it.
  package var violations: [String] { box.state.withLock { $0.violations } }

  package func stop() { server.stop() }

  private final class StateBox: Sendable {
    let state: Mutex<State>

    init(_ state: State) { self.state = Mutex(state) }

    func take(_ request: String, _ wire: Wire, _ specification: JSONValue?) -> Conduct {
      let parts = request.split(separator: "\r\n\r\n", maxSplits: 1)
      let head = parts.first.map(String.init) ?? ""
      let text = parts.count == 2 ? String(parts[1]) : ""
      return state.withLock { state in
        state.heads.append(head)
        do {
          let body = try JSONValue(parsing: Array(text.utf8))
          state.requests.append(body)
          if let specification {
            state.violations += ModelRequestCheck.violations(
              in: body, schema: wire.schema, specification)
          }
        } catch { state.violations.append("the body is no JSON") }
        return state.conducts.count > 1
          ? state.conducts.removeFirst() : state.conducts.first ?? .silent
      }
    }
  }
}

extension ModelStandin.Conduct {
  private static let pieceBytes = 7

  fileprivate func perform(on connection: FaultyConnection, _ wire: ModelStandin.Wire) {
    switch self {
    case .answers(let text): send(wire.stream(text) + wire.end, connection, wire)
    case .answersWithoutDone(let text): send(wire.stream(text) + wire.bareEnd, connection, wire)
    case .answersWhole(let text): connection.answer(headers: wire.json, body: wire.whole(text))
    case .breaksOff(let text): send(wire.stream(text), connection, wire)
    case .stalls(let text):
      send(wire.stream(text), connection, wire)
      connection.waitForPeerToClose()
    case .faults(let text): send(wire.stream(text) + wire.fault, connection, wire)
    case .silent: connection.waitForPeerToClose()
    case .garbled: send("\u{1}\u{7F}\u{FFFD}]]}{{not a line of this format\n\n", connection, wire)
    case .page:
      connection.answer(
        headers: "Content-Type: text/html\r\n", body: "<!DOCTYPE html><html>A gateway</html>")
    case .endlessLine:
      connection.write(wire.head)
      let piece = [UInt8](repeating: UInt8(ascii: "a"), count: 64 << 10)
      while connection.write(piece) {}
    case .endlessAnswer:
      connection.write(wire.head)
      let piece = wire.stream(String(repeating: "word ", count: 200))
      while connection.write(piece) {}
    case .notHTTP: connection.write("\u{1}\u{2} 42 is not a status line\r\n\r\n")
    case .status(let code, let body):
      connection.answer("\(code) Refused", headers: wire.json + "Connection: close\r\n", body: body)
    }
  }

  /// In pieces that cut through lines and characters.
  private func send(_ text: String, _ connection: FaultyConnection, _ wire: ModelStandin.Wire) {
    guard connection.write(wire.head) else { return }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      guard connection.write(Array(rest.prefix(Self.pieceBytes))) else { return }
      rest = rest.dropFirst(Self.pieceBytes)
    }
  }
}

extension ModelStandin.Wire {
  fileprivate var json: String { "Content-Type: application/json\r\n" }

  fileprivate var head: String {
    let type = self == .ollama ? "application/x-ndjson" : "text/event-stream"
    return "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nConnection: close\r\n\r\n"
  }

  /// The models there are.
  fileprivate var list: String {
    switch self {
    case .ollama: #"{"models":[{"name":"llama3.2:latest"}]}"#
    case .openAI: #"{"object":"list","data":[{"id":"gpt-4o-mini","object":"model"}]}"#
    }
  }

  /// A text as the provider streams it, a few characters at a time.
  fileprivate func stream(_ text: String) -> String {
    var events = self == .openAI ? ": keep the line open\n\n" : ""
    var rest = Substring(text)
    while !rest.isEmpty {
      events += event(Self.quoted(String(rest.prefix(4))))
      rest = rest.dropFirst(4)
    }
    return events
  }

  private func event(_ quoted: String) -> String {
    switch self {
    case .ollama:
      "{\"message\":{\"role\":\"assistant\",\"content\":\(quoted)},\"done\":false}\n"
    case .openAI:
      "data:{\"choices\":[{\"delta\":{\"content\":\(quoted)},\"finish_reason\":null}]}\n\n"
    }
  }

  fileprivate var end: String {
    switch self {
    case .ollama: bareEnd
    case .openAI:
      bareEnd + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":26,\"completion_tokens\":12}}"
        + "\n\ndata: [DONE]\n\n"
    }
  }

  fileprivate var bareEnd: String {
    switch self {
    case .ollama:
      "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
        + "\"done_reason\":\"stop\",\"prompt_eval_count\":26,\"eval_count\":12}\n"
    case .openAI: "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
    }
  }

  fileprivate var fault: String {
    switch self {
    case .ollama: "{\"error\":\"the model fell over\"}\n"
    case .openAI: "data: {\"error\":{\"message\":\"overloaded\",\"code\":null}}\n\n"
    }
  }

  fileprivate func whole(_ text: String) -> String {
    let quoted = Self.quoted(text)
    switch self {
    case .ollama:
      return "{\"message\":{\"role\":\"assistant\",\"content\":\(quoted)},\"done\":true,"
        + "\"prompt_eval_count\":26,\"eval_count\":12}"
    case .openAI:
      return
        "{\n \"choices\": [{\"message\": {\"content\": \(quoted)},"
        + " \"finish_reason\": \"stop\"}],"
        + "\n \"usage\": {\"prompt_tokens\": 26, \"completion_tokens\": 12}\n}"
    }
  }

  private static func quoted(_ text: String) -> String {
    do {
      return String(decoding: try JSONValue.string(text).encoded(), as: UTF8.self)
    } catch { return "\"\"" }
  }
}
