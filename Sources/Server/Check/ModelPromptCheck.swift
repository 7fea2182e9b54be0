import Conversation
import Language

extension ContentCheck {
  /// Holds what models are asked against the code, and writes each sample for everybody.
  mutating func examineModelPrompts(_ content: Product.Content) {
    examine("model prompts") {
      let library = try PromptLibrary.load(from: content.models)
      let personas = try PersonaLibrary.load(from: content.personas).personas
      let faults = library.faults(personas: personas)
      guard faults.isEmpty else { throw ContentFaults(faults) }
      return ([], "\(library.requestCount(personas: personas)) requests")
    }
  }
}
