import CHunspell
import Foundation

/// The installed American and British spelling dictionaries. Not safe for two threads at once: its
/// owner keeps a lock.
final class Dictionaries {
  private static let names = ["en_US", "en_GB"]
  private static let suggestionsMax = 15
  private static let knownMax = 20_000

  private let handles: [OpaquePointer]
  private var known: [String: Bool] = [:]

  init(_ folder: URL) throws(LexiconFault) {
    var opened: [OpaquePointer] = []
    for name in Self.names {
      guard Self.isInstalled(name, folder) else { throw .dictionaryMissing(name: name) }
      let affixes = folder.appending(path: name + ".aff").path
      let words = folder.appending(path: name + ".dic").path
      guard let handle = Hunspell_create(affixes, words) else {
        throw .dictionaryMissing(name: name)
      }
      opened.append(handle)
    }
    handles = opened
  }

  deinit {
    handles.forEach { Hunspell_destroy($0) }
  }

  static func missing(_ folder: URL) -> String? {
    names.first { !isInstalled($0, folder) }
  }

  private static func isInstalled(_ name: String, _ folder: URL) -> Bool {
    LexiconFile.exists(folder, name + ".aff") && LexiconFile.exists(folder, name + ".dic")
  }

  func accept(_ word: String) -> Bool {
    if let answer = known[word] { return answer }
    if known.count >= Self.knownMax { known.removeAll() }
    let answer = handles.contains { Hunspell_spell($0, word) != 0 }
    known[word] = answer
    return answer
  }

  /// The second dictionary is asked only where the first has nothing to say: a search takes tens
  /// of milliseconds.
  func suggestions(_ word: String) -> [String] {
    var result: [String] = []
    for handle in handles where result.isEmpty {
      var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
      let count = Hunspell_suggest(handle, &list, word)
      defer { Hunspell_free_list(handle, &list, count) }
      guard let list, count > 0 else { continue }
      for index in 0..<min(Int(count), Self.suggestionsMax) {
        guard let text = list[index] else { continue }
        let suggestion = String(cString: text)
        if !result.contains(suggestion) { result.append(suggestion) }
      }
    }
    return result
  }
}
