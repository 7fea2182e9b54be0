/// A request as it arrived: parameters, the names of uploaded files, and whether it came as JSON,
/// where types are exact, or as a form, where everything is text.
struct BotAPIRequest: Sendable {
  var method: String
  var parameters: [String: JSONValue]
  var files: Set<String> = []
  var isForm = false
}

/// Holds one request against the specification and collects what is wrong.
struct BotAPIValidator {
  private static let chatActions: Set<String> = [
    "choose_sticker", "find_location", "record_video", "record_video_note", "record_voice",
    "typing", "upload_document", "upload_photo", "upload_video", "upload_video_note",
    "upload_voice",
  ]
  /// What a button may have besides the one thing it does.
  private static let buttonLooks: Set<String> = ["icon_custom_emoji_id", "style", "text"]
  private static let depthMax = 16

  private let specification: BotAPISpecification
  private let request: BotAPIRequest
  private var violations: [BotAPIViolation] = []

  static func violations(
    in request: BotAPIRequest, _ specification: BotAPISpecification
  ) -> [BotAPIViolation] {
    var validator = BotAPIValidator(specification: specification, request: request)
    validator.checkRequest()
    return validator.violations
  }

  private init(specification: BotAPISpecification, request: BotAPIRequest) {
    self.specification = specification
    self.request = request
  }

  private mutating func checkRequest() {
    guard let method = specification.methods[request.method] else {
      return report("", .unknownMethod)
    }
    var parameters = request.parameters
    for file in request.files { parameters[file] = .string("attach://\(file)") }
    // Files that other parameters refer to by attach:// have names of their own.
    for file in request.files where !(method.fields ?? []).contains(where: { $0.name == file }) {
      if isAttached(file) { parameters[file] = nil }
    }
    checkMembers(
      parameters, of: method.fields ?? [], owner: request.method, path: "", isTop: true, depth: 0)
    checkAlternatives(parameters, method.fields ?? [])
    if let action = parameters["action"]?.string, request.method == "sendChatAction",
      !Self.chatActions.contains(action)
    {
      report("action", .unknownValue(action))
    }
  }

  private func isAttached(_ file: String) -> Bool {
    request.parameters.values.contains { $0.mentions("attach://\(file)") }
  }

  private mutating func checkMembers(
    _ members: [String: JSONValue], of fields: [BotAPISpecification.Field], owner: String,
    path: String, isTop: Bool, depth: Int
  ) {
    guard depth < Self.depthMax else { return report(path, .wrongType(expected: owner)) }
    let prefix = path.isEmpty ? "" : path + "."
    let known = Dictionary(fields.map { ($0.name, $0) }) { first, _ in first }
    for (name, value) in members.sorted(by: { $0.key < $1.key }) {
      guard let field = known[name] else {
        report(prefix + name, .unknownParameter)
        continue
      }
      let value = isTop && request.isForm ? decodedFormValue(value, field) : value
      checkValue(value, types: field.types, path: prefix + name, depth: depth + 1)
      if let constant = field.constant, let text = value.string, text != constant {
        report(prefix + name, .unknownValue(text))
      }
      checkLimit(value, "\(owner).\(name)", path: prefix + name, among: members)
    }
    for field in fields where field.required && members[field.name] == nil {
      report(prefix + field.name, .missing)
    }
    if owner == "InlineKeyboardButton",
      Set(members.keys).subtracting(Self.buttonLooks).count != 1
    {
      report(path, .notExactlyOneAction)
    }
  }

  private mutating func checkAlternatives(
    _ members: [String: JSONValue], _ fields: [BotAPISpecification.Field]
  ) {
    for field in fields where members[field.name] == nil && !field.requiredWithout.isEmpty {
      if field.requiredWithout.allSatisfy({ members[$0] == nil }) { report(field.name, .missing) }
    }
  }

  // MARK: Types

  /// In a form everything is text: numbers and objects are written into it.
  private func decodedFormValue(
    _ value: JSONValue, _ field: BotAPISpecification.Field
  ) -> JSONValue {
    guard let text = value.string, !field.types.contains("String"),
      !field.types.contains("InputFile"),
      // Text that is no JSON is a finding of its own.
      let decoded = try? JSONValue(parsing: Array(text.utf8))
    else { return value }
    return decoded
  }

  private mutating func checkValue(
    _ value: JSONValue, types: [String], path: String, depth: Int
  ) {
    var best: [BotAPIViolation]?
    for type in types {
      var attempt = BotAPIValidator(specification: specification, request: request)
      attempt.checkValue(value, type: type, path: path, depth: depth)
      if attempt.violations.isEmpty { return }
      // A union is explained by the alternative that comes nearest.
      if attempt.violations.count < best?.count ?? .max { best = attempt.violations }
    }
    violations += best ?? []
  }

  private mutating func checkValue(_ value: JSONValue, type: String, path: String, depth: Int) {
    let arrayPrefix = "Array of "
    if type.hasPrefix(arrayPrefix) {
      guard case .array(let items) = value else {
        return report(path, .wrongType(expected: type))
      }
      let element = String(type.dropFirst(arrayPrefix.count))
      for (index, item) in items.enumerated() {
        checkValue(item, types: [element], path: "\(path)[\(index)]", depth: depth + 1)
      }
      return
    }
    switch (type, value) {
    case ("Integer", .integer), ("Float", .integer), ("Float", .number), ("Boolean", .bool),
      ("String", .string):
      return
    case ("True", .bool(true)):
      return
    case ("InputFile", .string(let reference)) where isUpload(reference):
      return
    default:  // type names of the specification
      checkObject(value, type: type, path: path, depth: depth)
    }
  }

  private func isUpload(_ reference: String) -> Bool {
    let prefix = "attach://"
    return reference.hasPrefix(prefix)
      && request.files.contains(String(reference.dropFirst(prefix.count)))
  }

  private mutating func checkObject(_ value: JSONValue, type: String, path: String, depth: Int) {
    guard let shape = specification.types[type], depth < Self.depthMax else {
      return report(path, .wrongType(expected: type))
    }
    if let subtypes = shape.subtypes, !subtypes.isEmpty {
      return checkValue(value, types: subtypes, path: path, depth: depth + 1)
    }
    guard case .object(let members) = value, type != "InputFile" else {
      return report(path, .wrongType(expected: type))
    }
    checkMembers(
      members, of: shape.fields ?? [], owner: type, path: path, isTop: false, depth: depth)
  }

  // MARK: Limits

  private mutating func checkLimit(
    _ value: JSONValue, _ key: String, path: String, among members: [String: JSONValue]
  ) {
    guard case .string(let text) = value, let limit = specification.limits[key] else { return }
    var shown = text
    if limit.isAfterParsing { shown = visibleText(text, path: path, among: members) }
    let count = limit.unit == "bytes" ? shown.utf8.count : shown.utf16.count
    let isBlank = shown.allSatisfy(\.isWhitespace)
    if count < limit.min || (limit.min > 0 && isBlank) {
      report(path, .tooShort(count: isBlank ? 0 : count, min: limit.min))
    }
    if count > limit.max { report(path, .tooLong(count: count, max: limit.max)) }
    if key == "BotCommand.command", text.wholeMatch(of: #/[a-z0-9_]+/#) == nil {
      report(path, .unknownValue(text))
    }
  }

  /// What people will see. Markdown is counted as it is written: an upper bound.
  private mutating func visibleText(
    _ text: String, path: String, among members: [String: JSONValue]
  ) -> String {
    switch members["parse_mode"]?.string {
    case nil, "MarkdownV2", "Markdown":
      return text
    case "HTML":
      do {
        return try TelegramHTML.visibleText(of: text)
      } catch {
        report(path, .cannotParseEntities(error.reason))
        return text
      }
    case let mode?:
      report("parse_mode", .unknownValue(mode))
      return text
    }
  }

  private mutating func report(_ path: String, _ fault: BotAPIViolation.Fault) {
    violations.append(BotAPIViolation(method: request.method, path: path, fault: fault))
  }
}
