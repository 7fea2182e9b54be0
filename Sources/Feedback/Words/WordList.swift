import Foundation

/// The most frequent 48,000 words of film subtitles, with counts, and which of them are proper
/// spellings.
struct WordList {
  enum Mark: UInt8 {
    case correct, capitalised, unknown
  }
  struct Entry {
    let count: Int
    let rank: Int
    let mark: Mark
  }

  private var entries: [String: Entry] = [:]
  /// The spellings that may be suggested, one after another, and where each begins, by length.
  private(set) var letters: [UInt8] = []
  private(set) var byLength: [[(start: Int, mask: UInt32, rank: Int32)]] = []
  private var total = 0

  init(_ folder: URL) throws(LexiconFault) {
    let file = try LexiconFile(folder, "words.tsv")
    byLength = Array(repeating: [], count: 25)
    entries.reserveCapacity(50_000)
    var rank = 0
    try file.eachLine { line, number throws(LexiconFault) in
      let fields = line.fields
      guard fields.count == 3, let count = fields[1].wholeNumber, let sign = fields[2].first else {
        throw file.malformed(number)
      }
      let mark: Mark =
        switch sign {
        case UInt8(ascii: "+"): .correct
        case UInt8(ascii: "^"): .capitalised
        case _: .unknown
        }
      rank += 1
      total += count
      entries[fields[0].string] = Entry(count: count, rank: rank, mark: mark)
      let length = fields[0].count
      if mark == .correct, length < byLength.count, !fields[0].contains(UInt8(ascii: "'")) {
        byLength[length].append((letters.count, Self.mask(fields[0]), Int32(rank)))
        letters += fields[0]
      }
    }
  }

  subscript(word: String) -> Entry? { entries[word] }

  func count(_ word: String) -> Int { entries[word]?.count ?? 0 }

  /// A bit for each letter that occurs.
  static func mask(_ word: some Sequence<UInt8>) -> UInt32 {
    word.reduce(0) { $0 | (1 << UInt32($1 & 31)) }
  }
}
