package import Conversation
package import Foundation
package import Storage

/// What models are asked, read from `Prompts/models/` at start: a file per task.
package struct PromptLibrary: Sendable {
  package static let folder = "models"
  /// Shown with each request; of those in the file the ones nearest to the learner.
  static let examplesMax = 2

  let prompts: [ModelTask: ModelPrompt]

  /// - Throws: `ContentFaults` with everything that is wrong with any of the files.
  package init(_ files: [ContentFolder.File]) throws(ContentFaults) {
    var (read, faults) = ContentFolder.read(files) { file throws(ContentFaults) in
      try ModelPrompt(file)
    }
    let prompts = Dictionary(read.map { ($0.task, $0) }) { _, last in last }
    for task in ModelTask.allCases where prompts[task] == nil && faults.isEmpty {
      let file = "\(Self.folder)/\(task.rawValue).yaml"
      faults.append(ContentFault(file: file, line: 1, problem: "is missing"))
    }
    guard faults.isEmpty else { throw ContentFaults(faults) }
    self.prompts = prompts
  }

  package static func load(from folder: URL) throws -> PromptLibrary {
    try PromptLibrary(ContentFolder.files(in: folder))
  }

  /// What a task's file shows the model as good answers.
  package func examples(of task: ModelTask) -> [(level: CEFRLevel, answer: JSON)] {
    prompts[task]?.examples.map { ($0.level, $0.answer) } ?? []
  }

  /// The whole request: messages, structure and limits as the task's file has them. The oldest
  /// lines of a talk are left out when it is longer than the limit.
  ///
  /// - Parameter language: of explanations; English for one the file does not have.
  package func request(
    _ input: PromptInput, level: CEFRLevel, language: LanguageCode, persona: Persona,
    person: ID<Person>?
  ) -> ModelRequest {
    guard let prompt = prompts[input.task] else {
      preconditionFailure("a library holds every task")
    }
    let messages = PromptWriter(prompt: prompt, level: level, language: language, persona: persona)
      .messages(input)
    return ModelRequest(
      task: input.task, messages: messages, tokensMax: prompt.limits.answerTokens,
      deadlineMs: prompt.limits.deadlineMs, schema: prompt.structure, person: person,
      temperature: prompt.limits.temperature)
  }
}
