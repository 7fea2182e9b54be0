/// What a provider's stream says, whichever its format.
enum AnswerEvent: Equatable, Sendable {
  case text(String)
  case usage(promptTokens: Int, answerTokens: Int)
  /// Whether the answer is whole, or was cut at the limit of tokens.
  case finished(isWhole: Bool)
  /// The provider refuses in the middle of a stream: a fault, not an answer.
  case fault(status: Int?)
  /// The provider or the model declines to answer.
  case declined
}

/// The lines of a stream, turned into what they say.
protocol AnswerFormat: Sendable {
  /// - Throws: when the line is nothing of that format.
  mutating func events(_ line: [UInt8]) throws(JSONReader.Fault) -> [AnswerEvent]
  /// What is still open when the body has ended.
  mutating func end() throws(JSONReader.Fault) -> [AnswerEvent]
}
