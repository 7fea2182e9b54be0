import Foundation

/// Twilio's published description of its interface, as far as requests can be held against it.
struct TwilioSpecification: Sendable {
  private static let template = "{AccountSid}"

  private let paths: JSONValue
  private let schemas: JSONValue

  static func located() throws -> TwilioSpecification? {
    guard let text = try SpecificationFolder.json("twilio-api-v2010.messages.trimmed.json"),
      let paths = text["paths"], let schemas = text["components"]?["schemas"]
    else { return nil }
    return TwilioSpecification(paths: paths, schemas: schemas)
  }

  func violations(_ request: ReceivedRequest, _ form: [FormPair]) -> [String] {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 3 else { return ["unknown address"] }
    let path = request.path.replacing(parts[3], with: Self.template)
    guard let operation = paths[path]?[request.method.lowercased()] else {
      return ["unknown operation \(request.method)"]
    }
    var found: [String] = []
    if parts[3].wholeMatch(of: #/AC[0-9a-fA-F]{32}/#) == nil { found.append("AccountSid") }
    if request.method == "POST" {
      found += body(operation, request, form)
    } else {
      found += query(operation, form)
    }
    return found
  }

  private func body(
    _ operation: JSONValue, _ request: ReceivedRequest, _ form: [FormPair]
  ) -> [String] {
    let kind = "application/x-www-form-urlencoded"
    guard let schema = operation["requestBody"]?["content"]?[kind]?["schema"],
      request.contentType.lowercased().hasPrefix(kind)
    else { return ["not a form"] }
    var found =
      schema["required"]?.items.compactMap(\.string)
      .filter { form[$0] == nil }.map { "\($0) is missing" } ?? []
    for field in form {
      guard let property = schema["properties"]?[field.name] else {
        found.append("\(field.name) is unknown")
        continue
      }
      if !fits(field.value, property) { found.append("\(field.name) is not as described") }
    }
    let repeated = Dictionary(grouping: form, by: \.name).filter { name, fields in
      fields.count > 1 && schema["properties"]?[name]?["type"]?.string != "array"
    }
    found += repeated.keys.sorted().map { "\($0) comes twice" }
    if (form["From"] == nil) == (form["MessagingServiceSid"] == nil) {
      found.append("neither or both of From and MessagingServiceSid")
    }
    if form["Body"]?.isEmpty ?? true { found.append("Body is empty") }
    return found
  }

  private func query(_ operation: JSONValue, _ form: [FormPair]) -> [String] {
    let known = operation["parameters"]?.items ?? []
    return form.compactMap { field in
      guard let parameter = known.first(where: { $0["name"]?.string == field.name }) else {
        return "\(field.name) is unknown"
      }
      guard let schema = parameter["schema"], fits(field.value, schema) else {
        return "\(field.name) is not as described"
      }
      return nil
    }
  }

  private func fits(_ value: String, _ schema: JSONValue) -> Bool {
    if let reference = schema["$ref"]?.string, let name = reference.split(separator: "/").last {
      return schemas[String(name)].map { fits(value, $0) } ?? false
    }
    if let allowed = schema["enum"], !allowed.items.contains(.string(value)) { return false }
    if let pattern = schema["pattern"]?.string,
      value.range(of: pattern, options: .regularExpression) == nil
    {
      return false
    }
    switch (schema["type"]?.string, schema["format"]?.string) {
    case ("integer"?, _):
      guard let number = Int64(value) else { return false }
      return number >= schema["minimum"]?.integer ?? .min
        && number <= schema["maximum"]?.integer ?? .max
    case ("boolean"?, _): return value == "true" || value == "false"
    case ("string"?, "phone-number"?): return value.wholeMatch(of: #/\+[1-9]\d{6,14}/#) != nil
    case ("string"?, "uri"?): return URL(string: value)?.host() != nil
    default: return true  // anything is a text
    }
  }
}
