import ArgumentParser
import Foundation
import Learning
import Server

/// Lessons from the command line, on the same store as a running server, which sees every change
/// with the next message.
struct ContentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "content",
    abstract: "Look at lessons, change, publish and judge them, without touching files.",
    discussion: """
      A lesson is changed by exporting it, editing its YAML and importing it again. The first line \
      of what is exported names the version; when somebody else has saved a newer one meanwhile, \
      nothing is changed and you are told. What is imported is a draft until it is published.
      """,
    subcommands: [
      ContentList.self, ContentShow.self, ContentExport.self, ContentImport.self,
      ContentEdit.self, ContentPublish.self, ContentUnpublish.self, ContentHistory.self,
      ContentStatistics.self, ContentDraft.self,
    ])

  /// Opens the store, does one thing, prints what came of it.
  static func run(_ body: (ContentService) async throws -> String) async throws {
    let program = try Launch.program(await Launch.settings())
    do {
      print(try await body(program.content))
      await program.close()
    } catch {
      await program.close()
      throw ContentText.failure(error)
    }
  }
}

/// Who answers for a change.
struct ByOption: ParsableArguments {
  @Option(help: "Your name, for the history.") var by: String

  func author() throws -> Author {
    guard let author = Author(by) else {
      throw ValidationError("--by is a name of at most \(Author.lengthMax) characters.")
    }
    return author
  }
}

struct ContentList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Every lesson: its versions, and which learners get.")

  func run() async throws {
    try await ContentCommand.run { ContentText.list(try await $0.list()) }
  }
}

struct ContentShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Where a lesson stands, and its text.")

  @Argument(help: "The lesson.") var id: String
  @Option(help: "An older version than the newest.") var version: Int?

  func run() async throws {
    try await ContentCommand.run { content in
      let found = try await content.show(id, version: version)
      return ContentText.line(found.entry) + "\n\n" + found.file.yaml
    }
  }
}

struct ContentExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "The YAML of one lesson, or of all.")

  @Argument(help: "The lesson; all when there is none.") var id: String?
  @Option(help: "An older version than the newest.") var version: Int?

  func run() async throws {
    try await ContentCommand.run { content in
      guard let id else { return ContentText.trimmed(try await content.export()) }
      return ContentText.trimmed(try await content.show(id, version: version).file.yaml)
    }
  }
}

struct ContentImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Save the lessons of a file as new versions: all of them or none.")

  @Argument(help: "What `export` wrote, or a new lesson.") var file: String
  @OptionGroup var by: ByOption
  @Flag(help: "Give them to learners at once.") var publish = false

  func run() async throws {
    let author = try by.author()
    let text = try ContentText.read(file)
    try await ContentCommand.run { content in
      ContentText.list(try await content.take(text, publishes: publish, by: author))
    }
  }
}

struct ContentEdit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Save a file as the next version of a lesson.")

  @Argument(help: "The lesson.") var id: String
  @Argument(help: "Its YAML.") var file: String
  @Option(help: "The version you changed, unless the file's first line names it.")
  var version: Int?
  @OptionGroup var by: ByOption

  func run() async throws {
    let author = try by.author()
    let text = try ContentText.read(file)
    try await ContentCommand.run { content in
      ContentText.line(try await content.save(text, as: id, from: version, by: author))
    }
  }
}

struct ContentPublish: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Give learners a version: a new one, a model's draft, or an older one again.")

  @Argument(help: "The lesson.") var id: String
  @Option(help: "Which version.") var version: Int
  @OptionGroup var by: ByOption

  func run() async throws {
    let author = try by.author()
    try await ContentCommand.run {
      ContentText.line(try await $0.publish(id, version, by: author))
    }
  }
}

struct ContentUnpublish: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpublish", abstract: "Take a lesson out of the lists.")

  @Argument(help: "The lesson.") var id: String
  @Option(help: "The version that learners get.") var version: Int
  @OptionGroup var by: ByOption

  func run() async throws {
    let author = try by.author()
    try await ContentCommand.run {
      ContentText.line(try await $0.unpublish(id, version, by: author))
    }
  }
}

struct ContentHistory: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "What was done to a lesson, when and by whom.")

  @Argument(help: "The lesson.") var id: String

  func run() async throws {
    try await ContentCommand.run { ContentText.history(try await $0.history(id)) }
  }
}

struct ContentStatistics: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "statistics",
    abstract: "What learners say of a lesson, and how its activities measure.")

  @Argument(help: "The lesson.") var id: String
  @Option(help: "Another version than the one learners get.") var version: Int?

  func run() async throws {
    try await ContentCommand.run {
      ContentText.statistics(try await $0.statistics(id, version: version))
    }
  }
}

struct ContentDraft: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draft",
    abstract: "Have the language model write a lesson, to be read and published by a person.")

  @Option(help: "What it is called, in English.") var title: String
  @Option(help: "A0 to C1.") var level: String
  @Option(help: "daily-life, travel, work, study or culture.") var category: String
  @Option(help: "What learners can do afterwards; up to three times.") var aim: [String]
  @OptionGroup var by: ByOption

  func run() async throws {
    let author = try by.author()
    guard let order = LessonOrder(title: title, level: level, category: category, aims: aim) else {
      throw ValidationError("--level is one of A0 to C1.")
    }
    try await ContentCommand.run {
      ContentText.line(try await $0.draft(order, by: author))
    }
  }
}
