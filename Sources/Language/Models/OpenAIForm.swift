/// How a request is put: as much as the server is known to take.
struct OpenAIForm: Sendable, Equatable {
  enum Structure: Sendable {
    case schema, object, none
  }

  private var structure = Structure.schema
  private var hasTemperature = true
  private var hasNewTokenLimit = true

  init() {}

  func body(_ question: ModelQuestion, model: String) -> JSON {
    var members: [JSON.Member] = [
      .init("model", .text(model)), .init("messages", .array(question.messages.map(\.json))),
      .init("stream", .boolean(true)),
      .init("stream_options", .object([.init("include_usage", .boolean(true))])),
      .init(
        hasNewTokenLimit ? "max_completion_tokens" : "max_tokens",
        .integer(Int64(question.tokensMax))),
    ]
    if hasTemperature { members.append(.init("temperature", .number(question.temperature))) }
    if let schema = question.schema, let format = format(schema) {
      members.append(.init("response_format", format))
    }
    return .object(members)
  }

  private func format(_ schema: AnswerSchema) -> JSON? {
    switch structure {
    case .schema:
      .object([
        .init("type", .text("json_schema")),
        .init(
          "json_schema",
          .object([
            .init("name", .text("answer")), .init("strict", .boolean(true)),
            .init("schema", schema.json(.strict)),
          ])),
      ])
    case .object: .object([.init("type", .text("json_object"))])
    case .none: nil
    }
  }

  /// What to try after a refusal; nil when nothing is left that could have been meant.
  ///
  /// - Parameter refusal: the server's words, in lower case.
  func simpler(after refusal: String, hasSchema: Bool) -> OpenAIForm? {
    var form = self
    if hasNewTokenLimit, refusal.contains("max_completion_tokens") {
      form.hasNewTokenLimit = false
    } else if hasTemperature, refusal.contains("temperature") {
      form.hasTemperature = false
    } else if hasSchema, structure != .none, !refusal.contains("context_length") {
      form.structure = structure == .schema ? .object : .none
    } else {
      return nil
    }
    return form
  }
}
