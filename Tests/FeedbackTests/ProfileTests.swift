import Feedback
import Foundation
import Testing

struct ProfileTests {
  @Test func `plain words are of the first level`() throws {
    let profile = try Checking.check("I have a big house and two dogs.").profile
    #expect(profile.level == .a1)
    #expect(profile.words == 8)
    #expect(abs(profile.shares.values.reduce(0, +) - 1) < 1e-9)
  }

  @Test func `hard words are listed by their dictionary form, hardest first`() throws {
    let text = "The timid children abhorred the abandoned cloaks."
    let profile = try Checking.check(text).profile
    #expect(profile.hardWords.first?.level == .c2)
    #expect(profile.hardWords.first?.word == "abhor")
    #expect(profile.hardWords.map(\.word).contains("cloak"))
    #expect(profile.hardWords.map(\.level) == profile.hardWords.map(\.level).sorted(by: >))
  }

  @Test func `a word of no list is an estimate by its frequency`() throws {
    let words = try Checking.check("She saw a hovercraft.").profile.hardWords
    #expect(words.contains { $0.word == "hovercraft" && $0.isEstimate })
  }

  @Test func `a text without English words has no level`() throws {
    let profile = try Checking.check("سلام 😀 123").profile
    #expect(profile.level == nil)
    #expect(profile.words == 0)
    #expect(profile.shares.isEmpty)
  }
}

struct LexiconTests {
  @Test func `a missing file of the lexicon is named`() throws {
    let empty = FileManager.default.temporaryDirectory.appending(path: "no-lexicon-here")
    #expect(throws: LexiconFault.unreadable(file: "words.tsv")) { try TextChecker(lexicon: empty) }
  }

  @Test func `a missing dictionary is named`() throws {
    let empty = FileManager.default.temporaryDirectory.appending(path: "no-dictionaries-here")
    #expect(throws: LexiconFault.dictionaryMissing(name: "en_US")) {
      try TextChecker(lexicon: Checking.lexicon, dictionaries: empty)
    }
  }

  @Test func `a broken line is named when the data is loaded`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "broken-lexicon")
    try? FileManager.default.removeItem(at: folder)  // From an earlier run; mostly not there.
    // A link would be copied as a link, and the repository's own file be overwritten.
    let lexicon = Checking.lexicon.resolvingSymlinksInPath()
    try FileManager.default.copyItem(at: lexicon, to: folder)
    defer { try? FileManager.default.removeItem(at: folder) }  // The system cleans up too.
    try Data("first\tline\nhello\n".utf8).write(to: folder.appending(path: "lemmas.tsv"))
    let checker = try TextChecker(lexicon: folder)
    #expect(throws: LexiconFault.malformed(file: "lemmas.tsv", line: 2)) { try checker.load() }
    #expect(checker.check("He go.", mode: .chat).findings.isEmpty)
  }

  @Test func `suggestions are proper words, the likeliest first`() throws {
    let checker = try #require(Checking.checker)
    #expect(checker.suggestions(for: "freind").first == "friend")
    #expect(
      checker.suggestions(for: "shitt").allSatisfy {
        !["shit", "shits", "shitty", "shitter"].contains($0)
      })
    #expect(checker.suggestions(for: "house") == [])
  }
}
