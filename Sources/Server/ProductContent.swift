import Conversation
import Foundation
import Language
import Learning
import Onboarding
import Practice

/// Everything the program says and teaches with, as its files have it. It does not change, so what
/// was read once serves any number of programs.
package struct ProductContent: Sendable {
  let phrasebook: Phrasebook
  let templates: TemplateCatalogue
  let onboarding: OnboardingContent
  let curriculum: Curriculum
  let learning: LearningContent
  let practice: PracticeContent
  let personas: PersonaLibrary
  /// What models are asked.
  let prompts: PromptLibrary

  /// Reads `Prompts/`, `Personas/` and `Curriculum/` below `root`.
  ///
  /// - Throws: `ContentFaults` when a file cannot be used.
  package static func load(root: String) throws -> ProductContent {
    let places = Places(root: root)
    let onboarding = try OnboardingContent.load(from: places.curriculum)
    return ProductContent(
      phrasebook: Phrasebook(try places.catalogues()), templates: try places.templates(),
      onboarding: onboarding, curriculum: try Curriculum.load(from: places.curriculum),
      learning: try LearningContent.load(
        from: places.curriculum, interests: Set(onboarding.interests.map(\.id))),
      practice: try PracticeContent.load(
        curriculum: places.curriculum, personas: places.personas),
      personas: try PersonaLibrary.load(from: places.personas),
      prompts: try PromptLibrary.load(from: places.models))
  }

  /// Where the files lie.
  struct Places {
    let folder: URL

    init(root: String) { folder = URL(fileURLWithPath: root, isDirectory: true) }

    var prompts: URL { folder.appending(path: "Prompts") }
    var models: URL { prompts.appending(path: PromptLibrary.folder) }
    var personas: URL { folder.appending(path: "Personas") }
    var curriculum: URL { folder.appending(path: "Curriculum") }

    func catalogues() throws -> [PhraseCatalogue] {
      try ContentFolder.files(in: prompts).filter { !$0.name.hasSuffix(TemplateCatalogue.file) }
        .concurrentMap { file in Result { try PhraseCatalogue(yaml: file.text, file: file.name) } }
        .map { try $0.get() }
    }

    func templates() throws -> TemplateCatalogue {
      let file = try ContentFolder.file(prompts.appending(path: TemplateCatalogue.file))
      return try TemplateCatalogue(yaml: file.text, file: file.name)
    }
  }
}
