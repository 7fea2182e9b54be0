/// What providers ask of a template, held against each before one is submitted.
package enum TemplateRules {
  static let nameLengthMax = 512
  static let bodyLengthMax = 1_024

  /// - Parameter languages: those the bot speaks; each template must speak them, too.
  package static func faults(
    of catalogue: TemplateCatalogue, languages: [LanguageCode], file: String
  ) -> [PhraseFault] {
    var faults = catalogue.templates.flatMap { template in
      problems(of: template, languages: languages).map {
        PhraseFault(file: file, line: $0.line, problem: "`\(template.name)` \($0.text)")
      }
    }
    if catalogue[TemplateCatalogue.replyToOpen] == nil {
      faults.append(
        PhraseFault(
          file: file, line: 1, problem: "`\(TemplateCatalogue.replyToOpen)` is missing"))
    }
    let names = catalogue.templates.map(\.name)
    for name in Set(names).sorted() where names.count(where: { $0 == name }) > 1 {
      faults.append(PhraseFault(file: file, line: 1, problem: "`\(name)` is there twice"))
    }
    return faults
  }

  private typealias Problem = (line: Int, text: String)

  private static func problems(
    of template: MessageTemplate, languages: [LanguageCode]
  ) -> [Problem] {
    var problems: [Problem] = []
    let isPlain = template.name.utf8.allSatisfy {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_")
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
    }
    if !isPlain || template.name.utf8.count > nameLengthMax {
      problems.append((template.line, "has a name of other than a–z, 0–9 and _"))
    }
    for language in languages where template.bodies[language] == nil {
      problems.append((template.line, "lacks `\(language)`"))
    }
    for parameter in template.parameters {
      for language in template.bodies.keys.sorted(by: { $0.text < $1.text })
      where parameter.missing[language]?.isEmpty ?? true {
        problems.append(
          (template.line, "needs something for a missing `\(parameter.value)` in `\(language)`"))
      }
    }
    for (language, body) in template.bodies.sorted(by: { $0.key.text < $1.key.text }) {
      problems += self.problems(of: body, count: template.parameters.count).map {
        (body.line, "\($0) in `\(language)`")
      }
    }
    return problems
  }

  private static func problems(of body: MessageTemplate.Body, count: Int) -> [String] {
    var problems: [String] = []
    if body.text.count > bodyLengthMax { problems.append("has a body that is too long") }
    let gaps = self.gaps(of: body.text)
    if gaps.sorted() != (0..<count).map({ String($0 + 1) }) {
      problems.append("has gaps \(gaps) for \(count) parameters")
    }
    if body.text.hasPrefix("{{") || body.text.hasSuffix("}}") {
      problems.append("begins or ends with a gap")
    }
    if body.text.contains("}}{{") || body.text.contains("}} {{") {
      problems.append("has gaps with nothing between them")
    }
    if body.text.contains("\t") || body.text.contains("    ") {
      problems.append("has a tab or many spaces")
    }
    return problems
  }

  private static func gaps(of text: String) -> [String] {
    var gaps: [String] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "{{") {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: "}}") else { return gaps + ["{{"] }
      gaps.append(String(rest[..<end.lowerBound]))
      rest = rest[end.upperBound...]
    }
    return gaps
  }
}
