import Yams

/// The approved templates: `Prompts/templates.yaml`.
package struct TemplateCatalogue: Sendable {
  package static let file = "templates.yaml"
  /// The template that asks a person to write, so that what waits for them can be sent.
  package static let replyToOpen = "reply_to_open"
  /// The same, saying more plainly what waits: the reminder of the day, …
  package static let dailyReminder = "daily_reminder"
  /// … the picture of the week, which is the only one with a file, …
  package static let weeklySummary = "weekly_summary"
  /// … and a file that somebody waited for.
  package static let resultReady = "result_ready"
  static let templatesMax = 200

  package static let none = TemplateCatalogue(templates: [])

  package let templates: [MessageTemplate]

  package subscript(name: String) -> MessageTemplate? { templates.first { $0.name == name } }

  /// The one that asks a person to write for the sake of a message that waits; where a plainer one
  /// has not been approved, that for all.
  func asking(for purpose: Purpose, hasFile: Bool) -> MessageTemplate? {
    let name: String
    switch purpose {
    case .reminders: name = hasFile ? Self.weeklySummary : Self.dailyReminder
    // Nobody is asked to write for the sake of what nobody asked for.
    case .marketing, .model, .speech: return nil
    case .service: name = hasFile ? Self.resultReady : Self.replyToOpen
    }
    return self[name] ?? self[Self.replyToOpen]
  }

  private init(templates: [MessageTemplate]) { self.templates = templates }

  /// Reads the file: `templates`, each with `name`, `category`, `parameters` and `languages`.
  ///
  /// - Throws: `PhraseFault` for what cannot be read. Whether a provider would accept a template is
  ///   for `TemplateRules`.
  package init(yaml: String, file: String) throws(PhraseFault) {
    let root = try PhraseFile.root(of: yaml, file: file)
    guard let list = root["templates"]?.sequence, list.count <= Self.templatesMax else {
      throw PhraseFault(
        file: file, line: 1, problem: "needs `templates`, at most \(Self.templatesMax)")
    }
    var templates: [MessageTemplate] = []
    for node in list { templates.append(try TemplateReader(file: file).template(node)) }
    self.templates = templates
  }
}

private struct TemplateReader {
  let file: String

  func template(_ node: Node) throws(PhraseFault) -> MessageTemplate {
    let name = try text("name", in: node)
    guard
      let category = MessageTemplate.Category(rawValue: try text("category", in: node))
    else {
      let known = MessageTemplate.Category.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(node, "`\(name)` needs a category: \(known)")
    }
    var parameters: [MessageTemplate.Parameter] = []
    for parameter in node["parameters"]?.sequence ?? [] {
      parameters.append(try self.parameter(parameter, of: name))
    }
    var bodies: [LanguageCode: MessageTemplate.Body] = [:]
    for (key, value) in node["languages"]?.mapping ?? [:] {
      let language = LanguageCode(key.string ?? "")
      bodies[language] = MessageTemplate.Body(
        code: try text("code", in: value), text: try text("body", in: value),
        line: value.mark?.line ?? 1)
    }
    return MessageTemplate(
      name: name, category: category, parameters: parameters, bodies: bodies,
      line: node.mark?.line ?? 1)
  }

  private func parameter(
    _ node: Node, of name: String
  ) throws(PhraseFault) -> MessageTemplate.Parameter {
    guard let value = MessageTemplate.Value(rawValue: try text("value", in: node)) else {
      let known = MessageTemplate.Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(node, "`\(name)` is filled with something unknown; known are: \(known)")
    }
    var missing: [LanguageCode: String] = [:]
    for (key, text) in node["missing"]?.mapping ?? [:] {
      missing[LanguageCode(key.string ?? "")] = text.string
    }
    return MessageTemplate.Parameter(value: value, missing: missing)
  }

  private func text(_ key: String, in node: Node) throws(PhraseFault) -> String {
    guard let text = node[key]?.string, !text.isEmpty else {
      throw fault(node, "needs `\(key)`")
    }
    return text
  }

  private func fault(_ node: Node, _ problem: String) -> PhraseFault {
    PhraseFault(file: file, line: node.mark?.line ?? 1, problem: problem)
  }
}
