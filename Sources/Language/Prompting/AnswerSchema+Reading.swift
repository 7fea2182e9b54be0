import Yams

extension AnswerSchema {
  private static let depthMax = 6

  /// Reads the part of JSON Schema there is, as an author wrote it.
  static func read(
    _ node: Node, _ reader: inout ContentReader, depth: Int = 0
  ) -> AnswerSchema {
    guard depth < depthMax else {
      reader.fault(node, "is nested too deeply")
      return .boolean
    }
    switch reader.text("type", in: node, lengthMax: 10) {
    case "object": return object(node, &reader, depth)
    case "array":
      reader.allow(["type", "items", "maxItems"], in: node)
      guard let items = node["items"] else {
        reader.fault(node, "needs `items`")
        return .boolean
      }
      return .array(
        of: read(items, &reader, depth: depth + 1),
        itemsMax: reader.integer("maxItems", in: node, 0...100))
    case "string" where node["enum"] != nil:
      reader.allow(["type", "enum"], in: node)
      return .choice(reader.texts("enum", in: node, count: 1...30, lengthMax: 60))
    case "string":
      reader.allow(["type", "maxLength"], in: node)
      return .text(lengthMax: reader.integer("maxLength", in: node, 1...8_000))
    case "integer": return plain(.integer, node, &reader)
    case "number": return plain(.number, node, &reader)
    case "boolean": return plain(.boolean, node, &reader)
    case let type:
      reader.fault(node, "has the unknown type `\(type)`")
      return .boolean
    }
  }

  private static func plain(
    _ schema: AnswerSchema, _ node: Node, _ reader: inout ContentReader
  ) -> AnswerSchema {
    reader.allow(["type"], in: node)
    return schema
  }

  private static func object(
    _ node: Node, _ reader: inout ContentReader, _ depth: Int
  ) -> AnswerSchema {
    reader.allow(["type", "properties", "required", "additionalProperties"], in: node)
    if node["additionalProperties"]?.bool != false {
      reader.fault(node, "must say `additionalProperties: false`")
    }
    let required = reader.texts("required", in: node, count: 0...30, lengthMax: 40)
    guard let properties = node["properties"]?.mapping else {
      reader.fault(node, "needs `properties`")
      return .object([])
    }
    let fields = properties.map { key, value in
      let name = key.string ?? ""
      return Field(
        name, isRequired: required.contains(name), read(value, &reader, depth: depth + 1))
    }
    for name in required where !fields.contains(where: { $0.name == name }) {
      reader.fault(node, "requires `\(name)`, which it does not have")
    }
    return .object(fields)
  }
}
