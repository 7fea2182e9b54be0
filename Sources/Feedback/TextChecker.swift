package import Foundation
import Synchronization

/// The built-in check of English as learners write it: spelling, common mistakes of grammar,
/// signs, and the level of the words. It is silent rather than wrong: tenses, most articles and
/// most prepositions are beyond it.
///
/// It reads its data with the first check and keeps it (less than 80 MB). Checks take turns; a
/// sentence takes a few milliseconds, a text of the longest length up to seconds, so call it from
/// a job and not from a flow's step.
package final class TextChecker: Sendable {
  /// UTF-16 units of a text that are looked at; the rest is returned as it is.
  package static let unitsMax = 20_000
  /// Where Debian, Fedora and macOS with Homebrew keep spelling dictionaries.
  package static let dictionaryFolders = [
    "/usr/share/hunspell", "/usr/share/myspell", "/opt/homebrew/share/hunspell",
  ]
  /// The names of all rules; each has its reason as the phrase `feedback.<rule>`.
  package static let rules: [String] = Rule.allCases.map(\.rawValue)

  private let lexicon: URL
  private let dictionaries: URL
  private let engine = Mutex<Engine?>(nil)

  /// Throws when a file of the lexicon or a dictionary is missing; what is in them is read later.
  package convenience init(lexicon: URL) throws(LexiconFault) {
    let folders = Self.dictionaryFolders.map { URL(filePath: $0) }
    let installed = folders.first { Dictionaries.missing($0) == nil }
    try self.init(lexicon: lexicon, dictionaries: installed ?? URL(filePath: "/"))
  }

  /// The same with the folder that holds en_US and en_GB.
  package init(lexicon: URL, dictionaries: URL) throws(LexiconFault) {
    for name in Engine.files where !LexiconFile.exists(lexicon, name) {
      throw .unreadable(file: name)
    }
    if let name = Dictionaries.missing(dictionaries) { throw .dictionaryMissing(name: name) }
    self.lexicon = lexicon
    self.dictionaries = dictionaries
  }

  /// Reads the data now, so that a broken file is known before somebody waits for a check.
  package func load() throws(LexiconFault) {
    let lexicon = lexicon
    let dictionaries = dictionaries
    let fault = engine.withLock { engine in
      Self.load(&engine, lexicon, dictionaries)
    }
    if let fault { throw fault }
  }

  /// Findings, the corrected text and the profile. Nothing is found if the data cannot be read;
  /// `load` says why.
  package func check(_ text: String, mode: CheckMode) -> TextCheck {
    let lexicon = lexicon
    let dictionaries = dictionaries
    return engine.withLock { engine in
      _ = Self.load(&engine, lexicon, dictionaries)
      return engine?.check(text, mode: mode)
        ?? TextCheck(
          findings: [], corrected: text,
          profile: VocabularyProfile(shares: [:], words: 0, level: nil, hardWords: []))
    }
  }

  /// The corrections of one word, most likely first; none for a word that is spelt well.
  package func suggestions(for word: String) -> [String] {
    let lexicon = lexicon
    let dictionaries = dictionaries
    return engine.withLock { engine in
      _ = Self.load(&engine, lexicon, dictionaries)
      return engine?.suggestions(for: word) ?? []
    }
  }

  /// The words and signs of a text, contractions cut as in the Penn Treebank.
  package static func words(in text: String) -> [String] {
    Tokenizer.tokens(of: text).map(\.text)
  }

  /// Penn Treebank tags of a sentence that is already cut into words; for measuring the tagger.
  package func tags(of words: [String]) -> [String] {
    let lexicon = lexicon
    let dictionaries = dictionaries
    return engine.withLock { engine in
      _ = Self.load(&engine, lexicon, dictionaries)
      return engine?.tags(of: words) ?? []
    }
  }

  private static func load(
    _ engine: inout Engine?, _ lexicon: URL, _ dictionaries: URL
  ) -> LexiconFault? {
    guard engine == nil else { return nil }
    do {
      engine = try Engine(lexicon, dictionaries)
      return nil
    } catch {
      return error
    }
  }
}
