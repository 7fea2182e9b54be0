package import Accounts
import Channels
package import Conversation
import Foundation
import Language
import Learning
import Onboarding
package import Practice
import Speech
package import Storage

/// What the program teaches with and says: the flows, their content and their tables. A new
/// capability is added here, and nowhere else above its own folder.
package struct Product: Sendable {
  package static let migrations =
    ConversationSchema.migrations + Onboarding.migrations + Learning.migrations
    + Practice.migrations + SMSLedger.migrations + ModelSchema.migrations
    + Accounts.migrations
    + SpeechCache.migrations + LessonAudioShelf.migrations
  /// Everything the code can say.
  static let phrases: [any Phrase] =
    Array(EnginePhrase.allCases) + Array(CommandPhrase.allCases)
    + Array(ChannelPhrase.allCases) + Onboarding.phrases + Learning.phrases
    + Practice.phrases + Accounts.phrases
  package static let capabilities: [Channel: Capabilities] = [
    .sms: SMSPort.capabilities, .telegram: TelegramPort.capabilities,
    .terminal: TerminalChat.capabilities,
    .webchat: WebChat.capabilities, .whatsapp: WhatsAppPort.capabilities,
  ]

  let phrasebook: Phrasebook
  let templates: TemplateCatalogue
  let onboarding: Onboarding
  let learning: Learning
  let curriculum: Curriculum
  let practice: Practice
  let accounts: Accounts
  let personas: PersonaLibrary
  /// What models are asked.
  let prompts: PromptLibrary
  let stopList: StopList
  private let mediaLinks: MediaLinks?

  /// Reads `Prompts/` and `Curriculum/` below `root`.
  ///
  /// - Parameters:
  ///   - keys: what codes are made from and addresses are hashed with.
  ///   - reach: where people find us.
  ///   - abilities: what can be done with what is configured.
  ///   - voice: how lessons are spoken; without it they go on in writing.
  package static func load(
    root: String, keys: AccountKeys, reach: Accounts.Reach, operatorName: String = "Parlance",
    abilities: PracticeAbilities = PracticeAbilities(), voice: LessonVoice = .silent
  ) throws -> Product {
    let content = Content(root: root)
    let questions = try OnboardingContent.load(from: content.curriculum)
    let curriculum = try Curriculum.load(from: content.curriculum)
    let learning = Learning(
      curriculum: curriculum,
      content: try LearningContent.load(
        from: content.curriculum, interests: Set(questions.interests.map(\.id))),
      levelOf: Onboarding.level, ports: ports, speech: voice.speech,
      hears: voice.hears)
    return Product(
      phrasebook: Phrasebook(try content.catalogues()), templates: try content.templates(),
      onboarding: Onboarding(
        content: questions, operatorName: operatorName,
        hasPractisedToday: Learning.hasPractisedToday, topicLine: learning.topicLine),
      learning: learning, curriculum: curriculum,
      practice: Practice(
        content: try PracticeContent.load(
          curriculum: content.curriculum, personas: content.personas),
        abilities: abilities, operatorName: operatorName, levelOf: Onboarding.level
      ) { person, points, now, database in
        try Learning.award(person, points: points, at: now, in: database)
      },
      accounts: Accounts(
        keepers: keepers(stopList: keys.stopList), keys: keys, reach: reach),
      personas: try PersonaLibrary.load(from: content.personas),
      prompts: try PromptLibrary.load(from: content.models),
      stopList: keys.stopList, mediaLinks: reach.publicURL.map(keys.mediaLinks))
  }

  /// What learning is told of the profile, and does to it.
  private static let ports = LearnerPorts(
    minutesOf: Onboarding.minutesPerDay, interestsOf: Onboarding.interests,
    raiseLevel: Onboarding.raiseLevel)

  /// What each capability knows of a person, the persons themselves first. A test makes sure that
  /// every table with something of a person is among them.
  package static func keepers(stopList: StopList) -> [PersonDataKeeper] {
    [ConversationData.keeper(stopList: stopList), Onboarding.dataKeeper] + Learning.dataKeepers
      + [Practice.dataKeeper, SMSData.keeper, ModelData.keeper]
  }

  /// - Parameter capabilities: of the channels people may come by.
  package func engine(
    ids: IDSource, capabilities: [Channel: Capabilities] = Product.capabilities
  ) -> Engine {
    Engine(
      phrasebook: phrasebook,
      flows: onboarding.flows + learning.flows + practice.flows + accounts.flows,
      home: "home", welcome: "onboarding",
      commands: onboarding.commands + learning.commands + practice.commands + accounts.commands,
      timers: onboarding.timers + learning.timers + practice.timers + accounts.timers,
      capabilities: capabilities, ids: ids, stopList: stopList, mediaLinks: mediaLinks,
      listener: Practice.voiceFlow)
  }

  /// What does the slow work of the capabilities, and keeps the house.
  func jobHandlers(
    _ practicePorts: PracticePorts, _ database: Database, _ time: TimeSource
  ) -> [JobHandler] {
    [Maintenance.handler(database, time)] + accounts.jobHandlers(database, time)
      + practice.jobHandlers(practicePorts, phrasebook, database, time)
  }

  /// What senders go by when a channel does not let us write freely.
  var windowRules: WindowRules {
    WindowRules(templates: templates, channels: Self.capabilities)
  }

  /// What a client suggests when somebody types a slash, for each language.
  var commandMenus: [LanguageCode: [TelegramSetup.Command]] {
    Dictionary(
      uniqueKeysWithValues: phrasebook.languages.map { catalogue in
        let commands = CommandPhrase.allCases.map {
          TelegramSetup.Command(
            name: $0.command, description: phrasebook.text($0, in: catalogue.language))
        }
        return (catalogue.language, commands)
      })
  }

  /// What opens a list of choices, in each language.
  var listLabels: [LanguageCode: String] { labels(.openList) }

  /// What the button says that tells where the person is, in each language.
  var locationLabels: [LanguageCode: String] { labels(.shareLocation) }

  private func labels(_ phrase: ChannelPhrase) -> [LanguageCode: String] {
    Dictionary(
      uniqueKeysWithValues: phrasebook.languages.map {
        ($0.language, phrasebook.text(phrase, in: $0.language))
      })
  }

  /// Where the content lies.
  struct Content {
    let folder: URL

    init(root: String) { folder = URL(fileURLWithPath: root, isDirectory: true) }

    var prompts: URL { folder.appending(path: "Prompts") }
    var models: URL { prompts.appending(path: PromptLibrary.folder) }
    var personas: URL { folder.appending(path: "Personas") }
    var curriculum: URL { folder.appending(path: "Curriculum") }

    func catalogues() throws -> [PhraseCatalogue] {
      try ContentFolder.files(in: prompts).filter { !$0.name.hasSuffix(TemplateCatalogue.file) }
        .map { try PhraseCatalogue(yaml: $0.text, file: $0.name) }
    }

    func templates() throws -> TemplateCatalogue {
      let file = try ContentFolder.file(prompts.appending(path: TemplateCatalogue.file))
      return try TemplateCatalogue(yaml: file.text, file: file.name)
    }
  }
}
