/// Holds a value against a schema of the specification and collects what is wrong: the part of
/// JSON Schema that it uses.
struct SchemaValidator {
  private static let depthMax = 24

  private let specification: GraphSpecification
  private(set) var violations: [String] = []

  init(_ specification: GraphSpecification) { self.specification = specification }

  mutating func check(_ value: JSONValue, _ schema: JSONValue, at path: String, depth: Int = 0) {
    guard depth < Self.depthMax else { return report(path, "too deep") }
    let schema = chosen(for: value, schema)
    let flat = flattened(schema, depth: 0)
    checkType(value, flat, at: path)
    checkValue(value, flat, at: path)
    if case .object(let members) = value { checkMembers(members, flat, at: path, depth: depth) }
    if case .array(let items) = value { checkItems(items, flat, at: path, depth: depth) }
    if schema["discriminator"] == nil { checkAlternatives(value, schema, at: path, depth: depth) }
  }

  /// Follows references, and a discriminator to the schema it names.
  private func chosen(for value: JSONValue, _ schema: JSONValue) -> JSONValue {
    var schema = schema
    for _ in 0..<Self.depthMax {
      if let reference = schema["$ref"]?.string, let next = specification.schema(reference) {
        schema = next
      } else if let discriminator = schema["discriminator"],
        let property = discriminator["propertyName"]?.string, let kind = value[property]?.string,
        let reference = discriminator["mapping"]?[kind]?.string,
        let next = specification.schema(reference)
      {
        return next
      } else {
        break
      }
    }
    return schema
  }

  /// The members of all parts of an `allOf` together, as the description means them.
  private func flattened(_ schema: JSONValue, depth: Int) -> JSONValue {
    guard case .object(var members) = schema, depth < Self.depthMax else { return schema }
    if let reference = members["$ref"]?.string, let next = specification.schema(reference) {
      return flattened(next, depth: depth + 1)
    }
    guard let parts = members["allOf"]?.items, !parts.isEmpty else { return schema }
    members["allOf"] = nil
    for part in parts {
      guard case .object(let more) = flattened(part, depth: depth + 1) else { continue }
      members.merge(more) { Self.joined($0, $1) }
    }
    return .object(members)
  }

  private static func joined(_ one: JSONValue, _ other: JSONValue) -> JSONValue {
    switch (one, other) {
    case (.object(let one), .object(let other)): .object(one.merging(other) { joined($0, $1) })
    case (.array(let one), .array(let other)): .array(one + other.filter { !one.contains($0) })
    case _: other
    }
  }

  private mutating func checkType(_ value: JSONValue, _ schema: JSONValue, at path: String) {
    guard let type = schema["type"]?.string else { return }
    let fits =
      switch (type, value) {
      case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
        ("integer", .integer), ("number", .integer), ("number", .number):
        true
      case _: false
      }
    if !fits { report(path, "is no \(type)") }
  }

  private mutating func checkValue(_ value: JSONValue, _ schema: JSONValue, at path: String) {
    if let allowed = schema["enum"]?.items, !allowed.isEmpty, !allowed.contains(value) {
      report(path, "is none of the values allowed")
    }
    guard let text = value.string else { return }
    if let most = schema["maxLength"]?.integer, text.utf16.count > most {
      report(path, "has \(text.utf16.count) characters, \(most) are allowed")
    }
  }

  private mutating func checkMembers(
    _ members: [String: JSONValue], _ schema: JSONValue, at path: String, depth: Int
  ) {
    for name in schema["required"]?.items ?? [] {
      guard let name = name.string, members[name] == nil else { continue }
      report("\(path).\(name)", "is missing")
    }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      if let known = schema["properties"]?[name] {
        check(value, known, at: "\(path).\(name)", depth: depth + 1)
      } else if schema["additionalProperties"] == .bool(false) {
        report("\(path).\(name)", "is not known")
      }
    }
  }

  private mutating func checkItems(
    _ items: [JSONValue], _ schema: JSONValue, at path: String, depth: Int
  ) {
    if let least = schema["minItems"]?.integer, items.count < least { report(path, "has too few") }
    if let most = schema["maxItems"]?.integer, items.count > most { report(path, "has too many") }
    guard let element = schema["items"] else { return }
    for (index, item) in items.enumerated() {
      check(item, element, at: "\(path)[\(index)]", depth: depth + 1)
    }
  }

  private mutating func checkAlternatives(
    _ value: JSONValue, _ schema: JSONValue, at path: String, depth: Int
  ) {
    guard let alternatives = schema["oneOf"]?.items, !alternatives.isEmpty else { return }
    var nearest: [String]?
    for alternative in alternatives {
      var attempt = SchemaValidator(specification)
      attempt.check(value, alternative, at: path, depth: depth + 1)
      if attempt.violations.isEmpty { return }
      if attempt.violations.count < nearest?.count ?? .max { nearest = attempt.violations }
    }
    violations += nearest ?? []
  }

  private mutating func report(_ path: String, _ what: String) {
    violations.append("\(path) \(what)")
  }
}
