/// Holds a request to a model against the provider's own description: the part of JSON Schema that
/// these descriptions use.
struct ModelRequestCheck {
  private static let depthMax = 32

  private let description: JSONValue
  private(set) var violations: [String] = []

  init(_ description: JSONValue) { self.description = description }

  /// - Parameter schema: the name of the request's schema.
  static func violations(
    in body: JSONValue, schema: String, _ description: JSONValue
  ) -> [String] {
    var check = ModelRequestCheck(description)
    let reference = JSONValue.object(["$ref": .string("#/components/schemas/" + schema)])
    check.check(body, reference, at: "body")
    if case .object(let members) = body {
      let known = check.properties(of: reference)
      for name in members.keys.sorted() where !known.contains(name) {
        check.violations.append("body.\(name) is not known")
      }
    }
    return check.violations
  }

  private mutating func check(
    _ value: JSONValue, _ schema: JSONValue, at path: String, depth: Int = 0
  ) {
    guard depth < Self.depthMax else { return }
    if value == .null, schema["nullable"] == .bool(true) { return }
    if let target = resolved(schema) { return check(value, target, at: path, depth: depth + 1) }
    for part in schema["allOf"]?.items ?? [] { check(value, part, at: path, depth: depth + 1) }
    for key in ["oneOf", "anyOf"] {
      guard let alternatives = schema[key]?.items, !alternatives.isEmpty else { continue }
      let attempts = alternatives.map { alternative in
        var attempt = ModelRequestCheck(description)
        attempt.check(value, alternative, at: path, depth: depth + 1)
        return attempt.violations
      }
      if !attempts.contains(where: \.isEmpty) {
        violations += attempts.min { $0.count < $1.count } ?? []
      }
    }
    checkType(value, schema, path)
    if let allowed = schema["enum"]?.items, !allowed.isEmpty, !allowed.contains(value) {
      violations.append("\(path) is none of the values allowed")
    }
    if case .object(let members) = value { checkMembers(members, schema, path, depth) }
    if case .array(let items) = value {
      if let least = schema["minItems"]?.integer, items.count < least {
        violations.append("\(path) has too few")
      }
      guard let element = schema["items"] else { return }
      for (index, item) in items.enumerated() {
        check(item, element, at: "\(path)[\(index)]", depth: depth + 1)
      }
    }
  }

  private mutating func checkType(_ value: JSONValue, _ schema: JSONValue, _ path: String) {
    guard let type = schema["type"]?.string else { return }
    let fits =
      switch (type, value) {
      case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
        ("integer", .integer), ("number", .integer), ("number", .number), ("null", .null):
        true
      case _: false
      }
    if !fits { violations.append("\(path) is no \(type)") }
  }

  private mutating func checkMembers(
    _ members: [String: JSONValue], _ schema: JSONValue, _ path: String, _ depth: Int
  ) {
    for name in schema["required"]?.items.compactMap(\.string) ?? [] where members[name] == nil {
      violations.append("\(path).\(name) is missing")
    }
    for (name, value) in members {
      if let known = schema["properties"]?[name] {
        check(value, known, at: "\(path).\(name)", depth: depth + 1)
      } else if schema["additionalProperties"] == .bool(false) {
        violations.append("\(path).\(name) is not known")
      }
    }
  }

  private func properties(of schema: JSONValue, depth: Int = 0) -> Set<String> {
    guard depth < Self.depthMax else { return [] }
    if let target = resolved(schema) { return properties(of: target, depth: depth + 1) }
    var names: Set<String> = []
    if case .object(let members) = schema["properties"] { names.formUnion(members.keys) }
    for part in schema["allOf"]?.items ?? [] {
      names.formUnion(properties(of: part, depth: depth + 1))
    }
    return names
  }

  private func resolved(_ schema: JSONValue) -> JSONValue? {
    guard let name = schema["$ref"]?.string?.split(separator: "/").last else { return nil }
    return description["components"]?["schemas"]?[String(name)] ?? .object([:])
  }
}
