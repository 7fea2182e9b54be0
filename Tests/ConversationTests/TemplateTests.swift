import Conversation
import Rehearsal
import Storage
import Testing

struct TemplateTests {
  private func person(_ name: String?, _ language: LanguageCode) -> Person {
    Person(id: ID("p"), name: name, language: language, timeZone: nil)
  }

  private func catalogue(
    name: String = "reply_to_open", parameters: String = "[{value: name, missing: {en: you}}]",
    body: String = "Hello {{1}}, reply."
  ) throws -> TemplateCatalogue {
    try TemplateCatalogue(
      yaml: """
        templates:
          - name: \(name)
            category: utility
            parameters: \(parameters)
            languages:
              en: {code: en_US, body: "\(body)"}
        """, file: "t.yaml")
  }

  private func problems(_ catalogue: TemplateCatalogue) -> [String] {
    TemplateRules.faults(of: catalogue, languages: [.english], file: "t.yaml").map(\.problem)
  }

  @Test func `the templates of the project are sound in every language`() throws {
    let catalogue = try TemplateCatalogue(
      yaml: Project.text("Prompts/templates.yaml"), file: "templates.yaml")
    let languages: [LanguageCode] = [.english, .persian, .arabic]
    #expect(
      TemplateRules.faults(of: catalogue, languages: languages, file: "templates.yaml").isEmpty)
    let names = ["reply_to_open", "daily_reminder", "result_ready", "weekly_summary"]
    #expect(catalogue.templates.map(\.name) == names)
    for template in catalogue.templates {
      for language in languages {
        let filled = template.filled(for: person("Sara", language))
        #expect(filled?.call.language == language.text)
        #expect(filled?.text.contains("Sara") == true)
        #expect(filled?.text.contains("{{") == false)
        #expect(
          template.filled(for: person(nil, language))?.call.parameters.first?.isEmpty == false)
      }
    }
  }

  @Test func `a value holds nothing that a provider refuses`() throws {
    let template = try #require(try catalogue()["reply_to_open"])
    let filled = template.filled(for: person(" Sa\nra\t {{1}}    J ", .persian))
    #expect(filled?.call.parameters == ["Sa ra 1 J"])
    #expect(filled?.call.language == "en_US")
    #expect(template.filled(for: person("\n", .english))?.call.parameters == ["you"])
    let long = template.filled(for: person(String(repeating: "m", count: 500), .english))
    #expect(long?.call.parameters.first?.count == 60)
  }

  @Test(arguments: [
    ("Hello {{1}} and {{2}}, reply.", "gaps"), ("Hello, reply.", "gaps"),
    ("Hello {{2}}, reply.", "gaps"), ("Hello {{1}, reply.", "gaps"),
    ("{{1}}, reply.", "begins"), ("Reply, {{1}}", "begins"),
    ("Hello {{1}},     reply.", "spaces"),
  ])
  func `a body that does not fit its parameters is a fault`(
    body: String, problem: String
  ) throws {
    let found = problems(try catalogue(body: body))
    #expect(found.count == 1 && found.allSatisfy { $0.contains(problem) }, "\(found)")
  }

  @Test func `names, languages and what stands for a missing value are checked`() throws {
    #expect(
      problems(try catalogue(name: "Reply To Open")) == [
        "`Reply To Open` has a name of other than a–z, 0–9 and _", "`reply_to_open` is missing",
      ])
    #expect(
      problems(try catalogue(parameters: "[{value: name}]"))
        == ["`reply_to_open` needs something for a missing `name` in `en`"])
    #expect(
      TemplateRules.faults(of: try catalogue(), languages: [.persian], file: "t.yaml")
        .map(\.problem) == ["`reply_to_open` lacks `fa`"])
    #expect(problems(try catalogue()).isEmpty)
  }

  @Test(arguments: ["templates: 1", "templates: [{name: a}]", "- 1"])
  func `a file that cannot be read says where`(yaml: String) {
    #expect(throws: PhraseFault.self) { try TemplateCatalogue(yaml: yaml, file: "t.yaml") }
  }

  @Test func `an unknown value or category is told by name`() {
    #expect(throws: PhraseFault.self) {
      try catalogue(parameters: "[{value: shoe_size, missing: {en: you}}]")
    }
  }
}
