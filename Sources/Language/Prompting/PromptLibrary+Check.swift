import Conversation

extension PromptLibrary {
  /// A talk is left out line by line when it is too long; nothing else may exceed the limit.
  private static let levelsChecked: [CEFRLevel] = [.a0, .a1, .a2, .b1, .b2, .c1]

  /// What is wrong with the prompts beyond how they are written: unknown gaps, examples that do not
  /// have the structure, requests that are too long, for every persona, level and language.
  package func faults(personas: [Persona]) -> [ContentFault] {
    prompts.values.sorted { $0.file < $1.file }.flatMap { prompt in
      gapFaults(prompt) + exampleFaults(prompt) + sampleFaults(prompt, personas)
    }
  }

  /// How many requests `faults` writes.
  package func requestCount(personas: [Persona]) -> Int {
    prompts.values.reduce(0) { count, prompt in
      count + prompt.samples.count * personas.count * Self.levelsChecked.count
        * prompt.languages.count
    }
  }

  private func gapFaults(_ prompt: ModelPrompt) -> [ContentFault] {
    let user = PromptWriter.userVariables(of: prompt.task)
    let unknown =
      prompt.system.variables.subtracting(PromptWriter.systemVariables).map { ($0, prompt.system) }
      + prompt.user.variables.subtracting(user).map { ($0, prompt.user) }
    let unused = user.subtracting(prompt.user.variables).map { ($0, prompt.user) }
    var faults = unknown.sorted { $0.0 < $1.0 }.map { name, template in
      ContentFault(
        file: prompt.file, line: template.line, problem: "has an unknown gap `\(name)`")
    }
    faults += unused.sorted { $0.0 < $1.0 }.map { name, template in
      ContentFault(file: prompt.file, line: template.line, problem: "does not use `\(name)`")
    }
    let needed = ["structure", "level_guide", "language_guide"]
    for name in needed where !prompt.system.variables.contains(name) {
      faults.append(
        ContentFault(file: prompt.file, line: prompt.system.line, problem: "does not use `\(name)`")
      )
    }
    for mark in [LearnerText.opening, LearnerText.closing]
    where !prompt.system.source.contains(mark) {
      faults.append(
        ContentFault(
          file: prompt.file, line: prompt.system.line,
          problem: "does not tell the model what \(mark) means"))
    }
    return faults
  }

  private func exampleFaults(_ prompt: ModelPrompt) -> [ContentFault] {
    var faults = prompt.examples.compactMap { example in
      prompt.structure.fault(in: example.answer, at: "an example").map {
        ContentFault(file: prompt.file, line: 1, problem: "\($0) (\(example.level.rawValue))")
      }
    }
    for language in prompt.languages.keys.sorted(by: { $0.text < $1.text })
    where !prompt.examples.contains(where: { $0.language == language }) {
      faults.append(
        ContentFault(file: prompt.file, line: 1, problem: "has no example in `\(language)`"))
    }
    return faults
  }

  private func sampleFaults(_ prompt: ModelPrompt, _ personas: [Persona]) -> [ContentFault] {
    var faults: [ContentFault] = []
    for sample in prompt.samples {
      for persona in personas {
        for level in Self.levelsChecked {
          for language in prompt.languages.keys.sorted(by: { $0.text < $1.text }) {
            let request = request(
              sample.input, level: level, language: language, persona: persona, person: nil)
            if let problem = problem(of: request, prompt) {
              let who = "\(persona.id), \(level.rawValue), \(language)"
              faults.append(
                ContentFault(file: prompt.file, line: sample.line, problem: "\(problem) (\(who))"))
            }
          }
        }
      }
    }
    return faults
  }

  private func problem(of request: ModelRequest, _ prompt: ModelPrompt) -> String? {
    let tokens = request.messages.reduce(0) {
      $0 + TokenEstimate.tokens(in: $1.text) + TokenEstimate.perMessage
    }
    if tokens > prompt.limits.promptTokens {
      return "is sent as \(tokens) tokens, \(prompt.limits.promptTokens) are allowed"
    }
    if request.messages.contains(where: { $0.text.contains("{{") }) { return "leaves a gap" }
    if request.messages.contains(where: \.text.isEmpty) { return "sends an empty message" }
    return nil
  }
}
