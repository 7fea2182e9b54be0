extension AnswerSchema {
  /// How strictly a provider itself holds a model to a schema, and what it allows in one.
  package enum Dialect: Sendable {
    /// JSON Schema as written.
    case plain
    /// OpenAI's strict outputs: every member is required, what may be missing is null, and lengths
    /// of texts cannot be said.
    case strict
  }

  /// As JSON Schema.
  package func json(_ dialect: Dialect = .plain) -> JSON {
    switch self {
    case .object(let fields): Self.object(fields, dialect)
    case .array(let schema, let itemsMax):
      .object([
        .init("type", .text("array")), .init("items", schema.json(dialect)),
        .init("maxItems", .integer(Int64(itemsMax))),
      ])
    case .text(let lengthMax):
      .object(
        [.init("type", .text("string"))]
          + (dialect == .plain ? [.init("maxLength", .integer(Int64(lengthMax)))] : []))
    case .choice(let choices):
      .object([
        .init("type", .text("string")), .init("enum", .array(choices.map(JSON.text))),
      ])
    case .integer: .object([.init("type", .text("integer"))])
    case .number: .object([.init("type", .text("number"))])
    case .boolean: .object([.init("type", .text("boolean"))])
    }
  }

  private static func object(_ fields: [Field], _ dialect: Dialect) -> JSON {
    let properties = fields.map { field in
      let schema = field.schema.json(dialect)
      guard dialect == .strict, !field.isRequired else { return JSON.Member(field.name, schema) }
      let null = JSON.object([.init("type", .text("null"))])
      return JSON.Member(field.name, .object([.init("anyOf", .array([schema, null]))]))
    }
    let required = fields.filter { $0.isRequired || dialect == .strict }.map { JSON.text($0.name) }
    return .object([
      .init("type", .text("object")), .init("properties", .object(properties)),
      .init("required", .array(required)), .init("additionalProperties", .boolean(false)),
    ])
  }
}
