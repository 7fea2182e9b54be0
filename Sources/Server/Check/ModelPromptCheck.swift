import Conversation
import Language
import Learning

extension ContentCheck {
  /// Holds what models are asked against the code, and writes each sample for everybody.
  mutating func examineModelPrompts(_ content: ProductContent.Places) {
    examine("model prompts") {
      let library = try PromptLibrary.load(from: content.models)
      let personas = try PersonaLibrary.load(from: content.personas).personas
      let faults =
        library.faults(personas: personas)
        + library.examples(of: .lesson).flatMap {
          LessonDraft.faults(ofExample: $0.answer, level: $0.level)
        }
      guard faults.isEmpty else { throw ContentFaults(faults) }
      return ([], "\(library.requestCount(personas: personas)) requests")
    }
  }
}
