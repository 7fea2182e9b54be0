import Transport

/// Reads an answer while it comes in.
struct AnswerStream<Format: AnswerFormat> {
  private var format: Format
  private var lines = LineReader(lengthMax: ModelCall.lineBytesMax)
  private var answer = ProviderAnswer()
  private var isWhole: Bool?

  init(_ format: Format) { self.format = format }

  /// - Throws: the fault that fits: slow, silent, garbled and broken off are different ones.
  mutating func read(
    _ response: HTTPResponseStream, onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ProviderAnswer {
    guard response.status == 200 else { throw .refused(status: response.status) }
    guard response.headers["Content-Type"]?.lowercased().contains("html") != true else {
      throw .invalidAnswer(reason: "it is a page")
    }
    let pieces = response.makeAsyncIterator()
    while let piece = try await next(pieces) {
      let before = answer.text.utf8.count
      for line in try cut(piece) { try take(try parsed(line)) }
      if answer.text.utf8.count > before { await onText(answer.text) }
    }
    if let line = lines.end() { try take(try parsed(line)) }
    try take(try ended())
    // Bytes may end without an end of the answer: half of it is no answer.
    guard isWhole == true else { throw .interrupted(partial: answer.text) }
    return answer
  }

  private func next(
    _ pieces: HTTPResponseStream.Iterator
  ) async throws(ModelFault) -> [UInt8]? {
    do throws(HTTPFailure) {
      return try await pieces.next()
    } catch {
      // Who has the end of an answer does not need the end of the connection.
      if isWhole == true, error.mayHaveReachedPeer, !isCancelled(error) { return nil }
      throw ModelCall.fault(error, partial: answer.text)
    }
  }

  private func isCancelled(_ failure: HTTPFailure) -> Bool {
    if case .cancelled = failure { true } else { false }
  }

  private mutating func cut(_ piece: [UInt8]) throws(ModelFault) -> [[UInt8]] {
    do throws(LineReader.TooLong) {
      return try lines.feed(piece)
    } catch { throw .invalidAnswer(reason: "a line is too long") }
  }

  private mutating func parsed(_ line: [UInt8]) throws(ModelFault) -> [AnswerEvent] {
    do throws(JSONReader.Fault) {
      return try format.events(line)
    } catch { throw garbled(error, line) }
  }

  private mutating func ended() throws(ModelFault) -> [AnswerEvent] {
    do throws(JSONReader.Fault) {
      return try format.end()
    } catch {
      // The last event breaks off in the middle: the connection did, not the provider's format.
      throw answer.text.isEmpty
        ? .invalidAnswer(reason: error.reason) : .interrupted(partial: answer.text)
    }
  }

  private func garbled(_ fault: JSONReader.Fault, _ line: [UInt8]) -> ModelFault {
    AnswerText.isPage(String(decoding: line.prefix(256), as: UTF8.self))
      ? .invalidAnswer(reason: "it is a page") : .invalidAnswer(reason: fault.reason)
  }

  private mutating func take(_ events: [AnswerEvent]) throws(ModelFault) {
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
