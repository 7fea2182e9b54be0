import Conversation
import Foundation
import Onboarding
import Rehearsal
import Testing

struct CopyTests {
  private static let languages = ["en", "fa", "ar"]
  private static let buttonLengthMax = 20
  /// Phrases that become the titles of buttons.
  private static let buttons = [
    "engine.retry", "home.learn", "home.lessons", "home.progress", "home.profile",
    "home.language", "home.help_button", "home.menu_button", "home.continue_lesson",
    "home.continue_onboarding", "home.change_reminder", "onboarding.back", "onboarding.skip",
    "onboarding.lesson_first", "onboarding.list.done", "onboarding.reminder.none",
    "onboarding.placement.dont_know", "lesson.begin", "lesson.other", "lesson.skip",
    "lesson.undo", "lesson.true", "lesson.false", "lesson.next", "lesson.menu",
    "lessons.earlier", "lessons.later",
  ]

  private func catalogue(_ language: String) throws -> PhraseCatalogue {
    try PhraseCatalogue(
      yaml: Project.text("Prompts/\(language).yaml"), file: "Prompts/\(language).yaml")
  }

  @Test(arguments: languages)
  func `every phrase of this capability and the engine is there`(_ language: String) throws {
    let keys = try catalogue(language).keys
    let phrases = Onboarding.phrases + Array(EnginePhrase.allCases)
    #expect(phrases.map { $0.rawValue }.filter { !keys.contains($0) } == [])
  }

  @Test(arguments: languages)
  func `all languages have the same phrases and the same gaps`(_ language: String) throws {
    let english = try catalogue("en")
    let other = try catalogue(language)
    #expect(english.keys.symmetricDifference(other.keys).sorted() == [])
    for key in english.keys {
      let gaps = Set(english.template(key)?.variables ?? [])
      #expect(Set(other.template(key)?.variables ?? []) == gaps, "\(language) \(key)")
    }
  }

  @Test(arguments: languages)
  func `buttons are short`(_ language: String) throws {
    let catalogue = try catalogue(language)
    let changes = catalogue.keys.filter { $0.hasPrefix("profile.change.") }
    for key in Self.buttons + changes {
      let title = catalogue.template(key)?.source ?? ""
      #expect((1...Self.buttonLengthMax).contains(title.count), "\(language) \(key): \(title)")
    }
  }

  @Test(arguments: languages)
  func `every language has its words for what can be typed`(_ language: String) throws {
    let words = try catalogue(language).words
    #expect(Set(words.keys) == Set(try catalogue("en").words.keys))
    #expect(words.values.allSatisfy { !$0.isEmpty && !$0.contains("") })
  }

  @Test(arguments: languages)
  func `no typed word stands for two commands`(_ language: String) throws {
    let answers: Set<String> = ["yes", "no", "true", "false", "begin", "done", "start", "skip"]
    var owners: [String: String] = [:]
    for (name, words) in try catalogue(language).words where !answers.contains(name) {
      for word in words {
        #expect(owners[word] == nil, "\(word): \(name) and \(owners[word] ?? "")")
        owners[word] = name
      }
    }
  }
}
