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

  private let content: ProductContent
  let onboarding: Onboarding
  let learning: Learning
  let lessons: LessonShelf
  let practice: Practice
  let accounts: Accounts
  let stopList: StopList
  private let mediaLinks: MediaLinks?

  /// - Parameters:
  ///   - keys: what codes are made from and addresses are hashed with.
  ///   - reach: where people find us.
  ///   - abilities: what can be done with what is configured.
  ///   - voice: how lessons are spoken; without it they go on in writing.
  package static func make(
    _ content: ProductContent, keys: AccountKeys, reach: Accounts.Reach,
    operatorName: String = "Parlance", abilities: PracticeAbilities = PracticeAbilities(),
    voice: LessonVoice = .silent
  ) -> Product {
    let lessons = LessonShelf(content.curriculum)
    let learning = Learning(
      lessons: lessons, content: content.learning, levelOf: Onboarding.level, ports: ports,
      speech: voice.speech, hears: voice.hears)
    return Product(
      content: content,
      onboarding: Onboarding(
        content: content.onboarding, operatorName: operatorName,
        hasPractisedToday: Learning.hasPractisedToday, topicLine: learning.topicLine,
        weekSummary: learning.weekSummaryTimer),
      learning: learning, lessons: lessons,
      practice: Practice(
        content: content.practice, abilities: abilities, operatorName: operatorName,
        levelOf: Onboarding.level
      ) { person, points, now, database in
        try Learning.award(person, points: points, at: now, in: database)
      },
      accounts: Accounts(
        keepers: keepers(stopList: keys.stopList), keys: keys, reach: reach),
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

  var phrasebook: Phrasebook { content.phrasebook }
  var templates: TemplateCatalogue { content.templates }
  var personas: PersonaLibrary { content.personas }
  /// What models are asked.
  var prompts: PromptLibrary { content.prompts }

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
  package var listLabels: [LanguageCode: String] { labels(.openList) }

  /// What the button says that tells where the person is, in each language.
  var locationLabels: [LanguageCode: String] { labels(.shareLocation) }

  private func labels(_ phrase: ChannelPhrase) -> [LanguageCode: String] {
    Dictionary(
      uniqueKeysWithValues: phrasebook.languages.map {
        ($0.language, phrasebook.text(phrase, in: $0.language))
      })
  }
}
