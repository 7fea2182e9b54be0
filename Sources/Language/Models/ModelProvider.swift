package import Transport

/// One provider of a model: how it is asked, how it answers, what it costs.
package protocol ModelProvider: Sendable {
  var model: String { get }
  var client: ProviderClient { get }
  var price: TokenPrice { get }

  /// Asks once. `onText` gets the text so far whenever some has come.
  func answer(
    _ question: ModelQuestion, onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ProviderAnswer

  /// Whether it is there, takes us, and has the model; bounded, and free of charge.
  func probe() async -> ModelProbe
}

/// What a provider is asked, and until when.
package struct ModelQuestion: Sendable {
  package var messages: [ModelMessage]
  package let tokensMax: Int
  package let schema: AnswerSchema?
  package let temperature: Double
  package let deadline: ContinuousClock.Instant

  /// What may be spent on it: tokens, by a rule of thumb that is rather too high.
  var promptTokensEstimate: Int {
    messages.reduce(0) { $0 + TokenEstimate.tokens(in: $1.text) + TokenEstimate.perMessage }
  }
}

/// What came of it.
package struct ProviderAnswer: Sendable, Equatable {
  package var text = ""
  /// Nil where the provider does not count.
  package var promptTokens: Int?
  package var answerTokens: Int?
}

/// What a million tokens cost, in hundredths of the operator's currency; 0 for models of one's own.
package struct TokenPrice: Sendable, Equatable {
  package let promptCentsPerMillion: Int
  package let answerCentsPerMillion: Int

  package init(promptCentsPerMillion: Int = 0, answerCentsPerMillion: Int = 0) {
    self.promptCentsPerMillion = promptCentsPerMillion
    self.answerCentsPerMillion = answerCentsPerMillion
  }

  package var isFree: Bool { promptCentsPerMillion == 0 && answerCentsPerMillion == 0 }

  /// In millionths of a cent.
  func cost(promptTokens: Int, answerTokens: Int) -> Int {
    promptTokens * promptCentsPerMillion + answerTokens * answerCentsPerMillion
  }
}

package enum ModelProbe: String, Sendable {
  case ready
  /// The provider is there, and does not know the model.
  case modelMissing
  /// It does not take our key, or not us.
  case refused
  case unreachable
}

/// Tokens are counted by the provider; before it has, by the length of the text.
package enum TokenEstimate {
  /// Roles and separators.
  static let perMessage = 8

  /// English has about four bytes a token, Persian and Arabic about three; rather too many than
  /// too few.
  package static func tokens(in text: String) -> Int { (text.utf8.count + 2) / 3 }
}
