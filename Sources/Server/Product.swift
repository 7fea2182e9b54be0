import Channels
import Conversation
import Foundation
import Language
import Onboarding
import Storage

/// What the program teaches with and says: the flows, their content and their tables.
struct Product: Sendable {
  static let migrations = ConversationSchema.migrations + Onboarding.migrations

  let phrasebook: Phrasebook
  let onboarding: Onboarding

  /// Reads `Prompts/` and `Curriculum/` below `root`.
  static func load(root: String) throws -> Product {
    let folder = URL(fileURLWithPath: root, isDirectory: true)
    let catalogues = try ContentFolder.files(in: folder.appending(path: "Prompts")).map {
      try PhraseCatalogue(yaml: $0.text, file: $0.name)
    }
    let curriculum = folder.appending(path: "Curriculum")
    return Product(
      phrasebook: Phrasebook(catalogues),
      onboarding: Onboarding(content: try OnboardingContent.load(from: curriculum)) { _, _, _ in
        false
      })
  }

  func engine(ids: IDSource) -> Engine {
    Engine(
      phrasebook: phrasebook, flows: onboarding.flows, home: "home", welcome: "onboarding",
      commands: onboarding.commands, timers: onboarding.timers,
      capabilities: Self.capabilities, ids: ids)
  }

  static let capabilities: [Channel: Capabilities] = [
    .telegram: TelegramPort.capabilities, .terminal: TerminalChat.capabilities,
    .webchat: WebChat.capabilities,
  ]

  /// What a client suggests when somebody types a slash, for each language.
  var commandMenus: [LanguageCode: [TelegramSetup.Command]] { [:] }
}
