/// Ollama's stream: one JSON object a line, the last one `done`.
struct OllamaFormat: AnswerFormat {
  mutating func events(_ line: [UInt8]) throws(JSONReader.Fault) -> [AnswerEvent] {
    guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { return [] }
    let object = try JSONReader.value(line)
    if object["error"] != nil { return [.fault(status: nil)] }
    guard object["message"] != nil || object["done"] != nil else {
      throw .init(reason: "a line of the stream is no part of an answer")
    }
    var events: [AnswerEvent] = []
    if let text = object["message"]?["content"]?.text, !text.isEmpty { events.append(.text(text)) }
    guard object["done"]?.boolean == true else { return events }
    if let prompt = object["prompt_eval_count"]?.integer,
      let answer = object["eval_count"]?.integer
    {
      events.append(.usage(promptTokens: Int(prompt), answerTokens: Int(answer)))
    }
    // Older versions do not say why they are done.
    return events + [.finished(isWhole: object["done_reason"]?.text != "length")]
  }

  mutating func end() throws(JSONReader.Fault) -> [AnswerEvent] { [] }
}
