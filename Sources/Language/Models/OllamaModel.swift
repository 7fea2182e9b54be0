package import Transport

/// A model served by Ollama (`POST /api/chat`).
package struct OllamaModel: ModelProvider {
  /// How much of a talk the model sees: what is beyond is cut silently, so it is always said.
  private static let contextTokens = 4_096...32_768
  private static let contextStepTokens = 1_024

  package let model: String
  package let client: ProviderClient
  package var price: TokenPrice { TokenPrice() }
  private let baseURL: String

  /// - Parameter baseURL: without a slash at the end.
  package init(model: String, baseURL: String, client: ProviderClient) {
    self.model = model
    self.baseURL = baseURL
    self.client = client
  }

  package func answer(
    _ question: ModelQuestion, onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ProviderAnswer {
    let request = try ModelCall.request(
      baseURL + "/api/chat", headers: [:], body: body(question), until: question.deadline)
    return try await AnswerStream.read(
      try await ModelCall.open(request, client), as: .ollama, onText: onText)
  }

  private func body(_ question: ModelQuestion) -> JSON {
    let needed = question.promptTokensEstimate + question.tokensMax
    let steps = (needed + Self.contextStepTokens - 1) / Self.contextStepTokens
    let context = min(
      max(steps * Self.contextStepTokens, Self.contextTokens.lowerBound),
      Self.contextTokens.upperBound)
    return .object(
      [
        .init("model", .text(model)), .init("messages", .array(question.messages.map(\.json))),
        .init("stream", .boolean(true)),
        // Thinking aloud takes the time that the learner waits.
        .init("think", .boolean(false)),
        .init(
          "options",
          .object([
            .init("temperature", .number(question.temperature)),
            .init("num_predict", .integer(Int64(question.tokensMax))),
            .init("num_ctx", .integer(Int64(context))),
          ])),
      ] + (question.schema.map { [.init("format", $0.json())] } ?? []))
  }

  package func probe() async -> ModelProbe {
    guard let response = await ModelCall.probe(baseURL + "/api/tags", headers: [:], client) else {
      return .unreachable
    }
    guard response.status == 200 else { return .refused }
    do {
      let names = try JSONReader.value(response.body)["models"]?.array?.compactMap {
        $0["name"]?.text
      }
      let isThere = names?.contains { $0 == model || $0 == model + ":latest" } ?? false
      return isThere ? .ready : .modelMissing
    } catch { return .refused }
  }
}

extension ModelMessage {
  var json: JSON {
    .object([.init("role", .text(role.rawValue)), .init("content", .text(text))])
  }
}
