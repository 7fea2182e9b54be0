/// OpenAI's stream: server-sent events, each a chunk of the answer, the last one `[DONE]`, which
/// many servers leave out. A server that does not stream sends the whole answer as one object.
struct OpenAIFormat: AnswerFormat {
  /// Lines of one event.
  private static let eventLinesMax = 64
  private static let wholeBytesMax = 1 << 20

  private var data: [[UInt8]] = []
  /// The whole answer, when there is no stream.
  private var whole: [UInt8] = []

  mutating func events(_ line: [UInt8]) throws(JSONReader.Fault) -> [AnswerEvent] {
    if line.isEmpty { return whole.isEmpty ? try dispatch() : [] }
    // A comment that keeps the connection open.
    if line.first == UInt8(ascii: ":") { return [] }
    if let value = Self.field("data", line) {
      // Some leave out the empty line between two events.
      let open = isWholeEvent ? try dispatch() : []
      data.append(value)
      guard data.count <= Self.eventLinesMax else { throw .init(reason: "an event is too long") }
      return open
    }
    let isOtherField = ["event", "id", "retry"].contains { Self.field($0, line) != nil }
    if isOtherField { return [] }
    guard !whole.isEmpty || line.first(where: { $0 != 0x20 }) == UInt8(ascii: "{") else {
      throw .init(reason: "a line of the stream is no part of an answer")
    }
    whole += line + [0x0A]
    guard whole.count <= Self.wholeBytesMax else { throw .init(reason: "the answer is too large") }
    return []
  }

  mutating func end() throws(JSONReader.Fault) -> [AnswerEvent] {
    guard !whole.isEmpty else { return try dispatch() }
    return Self.events(of: try JSONReader.value(whole), part: "message")
  }

  private var isWholeEvent: Bool {
    guard !data.isEmpty else { return false }
    do {
      _ = try JSONReader.value(Array(data.joined(separator: [0x0A])))
      return true
    } catch { return false }
  }

  private mutating func dispatch() throws(JSONReader.Fault) -> [AnswerEvent] {
    guard !data.isEmpty else { return [] }
    let text = Array(data.joined(separator: [0x0A]))
    data = []
    if text.starts(with: "[DONE]".utf8) { return [.finished(isWhole: true)] }
    return Self.events(of: try JSONReader.value(text), part: "delta")
  }

  private static func events(of chunk: JSON, part: String) -> [AnswerEvent] {
    if let error = chunk["error"], error != .null {
      return [.fault(status: error["code"]?.integer.map(Int.init))]
    }
    var events: [AnswerEvent] = []
    // The last chunk may have no choice at all, only the usage.
    if let choice = chunk["choices"]?.array?.first {
      if let text = choice[part]?["content"]?.text, !text.isEmpty { events.append(.text(text)) }
      if choice[part]?["refusal"]?.text?.isEmpty == false { events.append(.declined) }
      switch choice["finish_reason"]?.text {
      case nil: break
      case "content_filter": events.append(.declined)
      case let reason?: events.append(.finished(isWhole: reason != "length"))
      }
    }
    if let prompt = chunk["usage"]?["prompt_tokens"]?.integer,
      let answer = chunk["usage"]?["completion_tokens"]?.integer
    {
      events.append(.usage(promptTokens: Int(prompt), answerTokens: Int(answer)))
    }
    return events
  }

  /// The value of a line `name: value`, the space being optional.
  private static func field(_ name: String, _ line: [UInt8]) -> [UInt8]? {
    let start = name.utf8.count
    guard line.starts(with: name.utf8), line.count > start, line[start] == UInt8(ascii: ":")
    else { return nil }
    let value = line[(start + 1)...]
    return Array(value.first == 0x20 ? value.dropFirst() : value)
  }
}
