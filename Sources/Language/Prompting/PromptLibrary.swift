package import Conversation
package import Foundation
package import Storage

/// What models are asked, read from `Prompts/models/` at start: a file per task.
package struct PromptLibrary: Sendable {
  /// - Throws: `ContentFaults` with everything that is wrong with any of the files.
  package init(_ files: [ContentFolder.File]) throws(ContentFaults) {}

  package static func load(from folder: URL) throws -> PromptLibrary {
    try PromptLibrary(ContentFolder.files(in: folder))
  }

  /// The whole request: messages, structure and limits as the task's file has them.
  ///
  /// - Parameter language: of explanations.
  package func request(
    _ input: PromptInput, level: CEFRLevel, language: LanguageCode, persona: Persona,
    person: ID<Person>?
  ) -> ModelRequest {
    ModelRequest(
      task: input.task, messages: [], tokensMax: 1, deadlineMs: 1, schema: nil, person: person)
  }
}
