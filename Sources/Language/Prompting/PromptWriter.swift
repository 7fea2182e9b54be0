import Conversation

/// Writes what is sent to a model, out of a task's file and what it is about.
struct PromptWriter {
  static let systemVariables: Set<String> = [
    "level", "level_guide", "language", "language_guide", "persona_name", "persona_role", "manner",
    "forbidden_topics", "sentences_max", "corrections_max", "style_guide", "structure",
  ]
  private static let memoriesMax = 6
  private static let correctionsMax = 3

  let prompt: ModelPrompt
  let level: CEFRLevel
  let language: LanguageCode
  let persona: Persona

  /// The variables a task's own text may use.
  static func userVariables(of task: ModelTask) -> Set<String> {
    switch task {
    case .feedback: ["text", "topic"]
    case .voiceFeedback: ["heard", "target", "topic"]
    case .partner: ["said", "memory"]
    case .summary: ["talk"]
    case .lesson: ["title", "category", "aims", "objections"]
    }
  }

  func messages(_ input: PromptInput) -> [ModelMessage] {
    let style: CorrectionStyle? =
      if case .partner(_, _, _, let style) = input { style } else { nil }
    var first = [ModelMessage(role: .system, text: system(style))]
    for example in chosenExamples {
      first.append(ModelMessage(role: .user, text: user(example.input)))
      first.append(ModelMessage(role: .assistant, text: example.answer.description))
    }
    let last = ModelMessage(role: .user, text: user(input))
    return first + talk(input, after: first + [last]) + [last]
  }

  func system(_ style: CorrectionStyle?) -> String {
    prompt.system.render([
      "level": .text(level.rawValue),
      "level_guide": .text(prompt.levels[level] ?? ""),
      "language": .text(Self.name(of: spoken)),
      "language_guide": .text(prompt.languages[spoken] ?? ""),
      "persona_name": .text(persona.name[.english]),
      "persona_role": .text(persona.role[.english]),
      "manner": .list(persona.manner),
      "forbidden_topics": .text(persona.limits.forbiddenTopics.joined(separator: "; ")),
      "sentences_max": .text(String(persona.limits.sentencesPerReplyMax)),
      "corrections_max": .text(String(correctionsMax)),
      "style_guide": .text(style.flatMap { prompt.styles[$0] } ?? ""),
      "structure": .text(prompt.structure.json().description),
    ])
  }

  /// A persona that corrects nothing in a talk still says something about a text.
  private var correctionsMax: Int {
    max(1, min(Self.correctionsMax, persona.limits.correctionsMax))
  }

  /// The language explained in: the learner's when the file has it.
  private var spoken: LanguageCode {
    prompt.languages[language] == nil ? Phrasebook.fallbackLanguage : language
  }

  private static func name(of language: LanguageCode) -> String {
    switch language {
    case .persian: "Persian"
    case .arabic: "Arabic"
    case _: "English"
    }
  }

  /// In the learner's language, the nearest levels first.
  private var chosenExamples: [ModelPrompt.Example] {
    let own = prompt.examples.filter { $0.language == spoken }
    return own.enumerated().sorted { left, right in
      let (near, far) = (distance(left.element), distance(right.element))
      return near == far ? left.offset < right.offset : near < far
    }.prefix(PromptLibrary.examplesMax).map(\.element)
  }

  private func distance(_ example: ModelPrompt.Example) -> Int {
    abs(example.level.rank - level.rank)
  }

  // MARK: What it is about

  func user(_ input: PromptInput) -> String {
    switch input {
    case .feedback(let text, let topic):
      prompt.user.render(["text": .text(marked(text)), "topic": optional(topic)])
    case .voiceFeedback(let heard, let target, let topic):
      prompt.user.render([
        "heard": .text(marked(heard)), "target": optional(target), "topic": optional(topic),
      ])
    case .partner(let said, _, let memory, _):
      prompt.user.render([
        "said": .text(marked(said)),
        "memory": memory.isEmpty
          ? .flag(false) : .text(marked(memory.prefix(Self.memoriesMax).joined(separator: "\n"))),
      ])
    case .summary(let talk): prompt.user.render(["talk": .text(marked(transcript(talk)))])
    case .lesson(let title, let category, let aims, let objections):
      prompt.user.render([
        "title": .text(marked(title)), "category": .text(category),
        "aims": .text(marked(aims.joined(separator: "\n"))),
        "objections": objections.isEmpty
          ? .flag(false) : .text(marked(objections.joined(separator: "\n"))),
      ])
    }
  }

  private func optional(_ text: String?) -> PromptTemplate.Value {
    text.map { .text(marked($0)) } ?? .flag(false)
  }

  private func marked(_ text: String) -> String {
    LearnerText.marked(text, lengthMax: prompt.limits.learnerCharacters)
  }

  /// The newest lines of a talk, as many as the marks can hold.
  private func transcript(_ talk: [TalkLine]) -> String {
    var lines: [String] = []
    var length = 0
    for line in talk.reversed() {
      let text = (line.isLearner ? "Learner: " : "Partner: ") + line.text.replacing("\n", with: " ")
      length += text.count + 1
      guard length <= prompt.limits.learnerCharacters || lines.isEmpty else { break }
      lines.append(text)
    }
    return lines.reversed().joined(separator: "\n")
  }

  /// The lines before the newest, as many of the last ones as the limit of tokens leaves room for.
  private func talk(_ input: PromptInput, after fixed: [ModelMessage]) -> [ModelMessage] {
    guard case .partner(_, let talk, _, _) = input else { return [] }
    var left =
      prompt.limits.promptTokens
      - fixed.reduce(0) { $0 + TokenEstimate.tokens(in: $1.text) + TokenEstimate.perMessage }
    var messages: [ModelMessage] = []
    for line in talk.reversed() {
      let message = spoken(line)
      left -= TokenEstimate.tokens(in: message.text) + TokenEstimate.perMessage
      guard left >= 0 else { break }
      messages.append(message)
    }
    return messages.reversed()
  }

  private func spoken(_ line: TalkLine) -> ModelMessage {
    guard !line.isLearner else { return ModelMessage(role: .user, text: marked(line.text)) }
    // As the structure has it, so that the model goes on in the same way.
    let reply = JSON.object([.init("reply", .text(line.text))])
    return ModelMessage(role: .assistant, text: reply.description)
  }
}
