import Accounts
import Conversation
import Foundation
import Language
import Learning
import Server
import Storage
import Synchronization

/// The real product as learners meet it, and what they know of its words.
struct School: Sendable {
  static let noCapabilities = Capabilities(
    textLengthMax: 1, buttonsMax: 0, buttonTitleLengthMax: 0, settlesButtons: false,
    isPushed: false)
  static let languages: [LanguageCode] = [.english, .persian]

  let migrations = Product.migrations
  let capabilities = Product.capabilities
  let listLabels: [LanguageCode: String]
  let lessons: Set<String>
  let link: SimulatedSystem.Link
  let engine: @Sendable (_ seed: UInt64) -> Engine
  private let names: [LanguageCode: Names]
  private let textbooks: [LanguageCode: Textbook]

  /// What the buttons are called that lead on, and what people type in their place.
  struct Names: Sendable {
    let begin: String
    let skip: String
    let hint: String
    let next: String
    let enough: String
    let ownLanguage: String
    /// Leads back in the first conversation, which waits where a lesson came between.
    let back: String
    let controls: Set<Form>
    /// How a line begins that says which question it is.
    let places: [String]
    let commands: [String: String]
  }

  private static let typedCommands: [LanguageCode: [String: String]] = [
    .english: [
      "learn": "learn", "next": "next lesson", "review": "review", "progress": "progress",
      "levelup": "level up", "mistakes": "mistakes", "plan": "plan", "menu": "menu",
      "lessons": "lessons", "topic": "topic", "help": "help", "achievements": "badges",
    ],
    .persian: [
      "learn": "یادگیری", "next": "درس بعدی", "review": "مرور", "progress": "پیشرفت",
      "levelup": "آزمون ارتقا", "mistakes": "اشتباه‌ها", "plan": "برنامه", "menu": "منو",
      "lessons": "درس‌ها", "topic": "موضوع", "help": "راهنما", "achievements": "دستاوردها",
    ],
  ]

  /// - Parameter root: the folder that holds `Prompts/` and `Curriculum/`.
  init(root: String) throws {
    let random = Mutex(RandomSource(seed: 1))
    let keys = AccountKeys(secret: Array("simulated".utf8)) { count in
      random.withLock { source in
        (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &source) }
      }
    }
    let reach = Accounts.Reach(publicURL: nil, localURL: "http://localhost")
    let product = Product.make(try ProductContent.load(root: root), keys: keys, reach: reach)
    let folder = URL(fileURLWithPath: root, isDirectory: true)
    let curriculum = try Curriculum.load(from: folder.appending(path: "Curriculum"))
    let phrasebook = Phrasebook(
      try Self.languages.map { language in
        let file = "\(language.text).yaml"
        let url = folder.appending(path: "Prompts").appending(path: file)
        return try PhraseCatalogue(yaml: String(contentsOf: url, encoding: .utf8), file: file)
      })
    lessons = Set(curriculum.lessons.map(\.id))
    listLabels = product.listLabels
    engine = { product.engine(ids: IDSource(seed: $0)) }
    link = SimulatedSystem.link(
      by: Accounts(
        keepers: Product.keepers(stopList: keys.stopList), keys: keys, reach: reach),
      ids: IDSource(seed: 2))
    names = Dictionary(
      uniqueKeysWithValues: Self.languages.map { ($0, Self.names(phrasebook, in: $0)) })
    textbooks = Dictionary(
      uniqueKeysWithValues: Self.languages.map { ($0, Textbook(curriculum, in: $0)) })
  }

  func names(in language: LanguageCode) -> Names? { names[language] }
  func textbook(in language: LanguageCode) -> Textbook? { textbooks[language] }

  private static func names(_ phrasebook: Phrasebook, in language: LanguageCode) -> Names {
    func name(_ key: String) -> String { phrasebook.text(key: key, [:], in: language) }
    let controls = [
      "lesson.skip", "lesson.hint.button", "review.enough", "review.hint", "review.unknown",
      "lesson.undo", "lesson.menu", "lesson.next", "lesson.repeat_mistakes", "lesson.begin",
      "lesson.other",
    ]
    return Names(
      begin: name("lesson.begin"), skip: name("lesson.skip"), hint: name("lesson.hint.button"),
      next: name("lesson.next"), enough: name("review.enough"),
      ownLanguage: phrasebook.languages.first { $0.language == language }?.name ?? "",
      back: name("onboarding.back"),
      controls: Set(controls.map { Form(name($0)) }),
      places: ["review.left", "level.question"].map { beginning($0, phrasebook, in: language) },
      commands: typedCommands[language] ?? [:])
  }

  /// What stands before the first number.
  private static func beginning(
    _ key: String, _ phrasebook: Phrasebook, in language: LanguageCode
  ) -> String {
    let values: [String: PhraseValue] = [
      "cards": .number(0), "number": .number(0), "all": .number(0),
    ]
    return String(phrasebook.text(key: key, values, in: language).prefix { !$0.isNumber })
  }
}
