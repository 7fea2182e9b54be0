/// Puts an answer together from the bytes of a provider's stream, in whatever pieces they come.
package struct AnswerParser: Sendable {
  package enum Wire: Sendable {
    /// A JSON object a line.
    case ollama
    /// Server-sent events, or one object for all.
    case openAI
  }

  private var format: any AnswerFormat
  private var lines = LineReader(lengthMax: ModelCall.lineBytesMax)
  private var answer = ProviderAnswer()
  private(set) var isWhole: Bool?

  package init(_ wire: Wire) {
    format =
      switch wire {
      case .ollama: OllamaFormat()
      case .openAI: OpenAIFormat()
      }
  }

  package var text: String { answer.text }

  /// Takes the next bytes.
  ///
  /// - Throws: `invalidAnswer`, `refused` and `interrupted` as the stream says them.
  package mutating func feed(_ piece: [UInt8]) throws(ModelFault) {
    let whole: [[UInt8]]
    do throws(LineReader.TooLong) {
      whole = try lines.feed(piece)
    } catch { throw .invalidAnswer(reason: "a line is too long") }
    for line in whole { try take(line) }
  }

  /// The answer, once nothing more comes.
  ///
  /// - Throws: `interrupted` when it was not whole.
  package mutating func end() throws(ModelFault) -> ProviderAnswer {
    if let line = lines.end() {
      do throws(ModelFault) { try take(line) } catch { throw broken(error) }
    }
    let last: [AnswerEvent]
    do throws(JSONReader.Fault) {
      last = try format.end()
    } catch { throw broken(.invalidAnswer(reason: error.reason)) }
    try consume(last)
    // Bytes may end without an end of the answer: half of it is no answer.
    guard isWhole == true else { throw .interrupted(partial: answer.text) }
    return answer
  }

  /// A last line that makes no sense is one that broke off, if others have made sense before.
  private func broken(_ fault: ModelFault) -> ModelFault {
    guard case .invalidAnswer = fault, !answer.text.isEmpty else { return fault }
    return .interrupted(partial: answer.text)
  }

  private mutating func take(_ line: [UInt8]) throws(ModelFault) {
    let events: [AnswerEvent]
    do throws(JSONReader.Fault) {
      events = try format.events(line)
    } catch {
      throw AnswerText.isPage(String(decoding: line.prefix(256), as: UTF8.self))
        ? .invalidAnswer(reason: "it is a page") : .invalidAnswer(reason: error.reason)
    }
    try consume(events)
  }

  private mutating func consume(_ events: [AnswerEvent]) throws(ModelFault) {
    for event in events {
      switch event {
      case .text(let text):
        answer.text += text
        guard answer.text.utf8.count <= AnswerText.bytesMax else {
          throw .invalidAnswer(reason: "it is too large")
        }
      case .usage(let promptTokens, let answerTokens):
        answer.promptTokens = promptTokens
        answer.answerTokens = answerTokens
      case .finished(let isWhole): self.isWhole = self.isWhole ?? isWhole
      case .fault(let status?): throw .refused(status: status)
      case .fault(nil): throw .interrupted(partial: answer.text)
      case .declined: throw .invalidAnswer(reason: "the provider declines to answer")
      }
    }
  }
}
