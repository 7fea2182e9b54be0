import Conversation
import Mustache

/// What a model is asked to do: one file of `Prompts/models/`.
struct ModelPrompt: Sendable {
  struct Limits: Sendable, Equatable {
    /// Of everything that is sent, by estimate.
    let promptTokens: Int
    let answerTokens: Int
    let deadlineMs: Int64
    let temperature: Double
    /// Of each text of the learner.
    let learnerCharacters: Int
  }

  struct Example: Sendable {
    let language: LanguageCode
    let level: CEFRLevel
    let input: PromptInput
    let answer: JSON
  }

  /// With which it is tried by the check.
  struct Sample: Sendable {
    let line: Int
    let input: PromptInput
  }

  let task: ModelTask
  let file: String
  let limits: Limits
  let structure: AnswerSchema
  let system: PromptTemplate
  let user: PromptTemplate
  /// What each level means for this task.
  let levels: [CEFRLevel: String]
  /// How to write in each language.
  let languages: [LanguageCode: String]
  /// How mistakes are dealt with, where that can be chosen.
  let styles: [CorrectionStyle: String]
  let examples: [Example]
  let samples: [Sample]
}

/// A text with gaps, and where it stands.
struct PromptTemplate: Sendable {
  let source: String
  let line: Int
  private let template: MustacheTemplate

  init(_ source: String, line: Int) throws {
    self.source = source
    self.line = line
    // Mustache escapes for HTML unless told otherwise; values are made harmless before.
    template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + source)
  }

  func render(_ values: [String: PromptTemplate.Value]) -> String {
    let context = values.mapValues { value -> Any in
      switch value {
      case .text(let text): text
      case .list(let texts): texts
      case .flag(let flag): flag
      }
    }
    return Self.tidied(template.render(context))
  }

  enum Value: Sendable {
    case text(String)
    case list([String])
    case flag(Bool)
  }

  /// Gaps that stayed empty leave no empty lines.
  private static func tidied(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isEmpty = line.allSatisfy(\.isWhitespace)
      if isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(isEmpty ? "" : line)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The names in the gaps, without mustache's signs.
  var variables: Set<String> {
    var names: Set<String> = []
    var rest = source[...]
    while let start = rest.firstRange(of: "{{"),
      let end = rest[start.upperBound...].firstRange(of: "}}")
    {
      let name = rest[start.upperBound..<end.lowerBound].filter { !"#^/&{} ".contains($0) }
      if name != "." { names.insert(String(name)) }
      rest = rest[end.upperBound...]
    }
    return names
  }
}
