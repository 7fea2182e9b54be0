import Foundation

/// What it costs to get from a misspelling to the word meant: the negative log of how often
/// learners make each slip (learned from TOEFL-Spell), so that with the log of a word's frequency
/// it is a noisy channel.
struct EditCosts {
  private static let letterCount = 27
  private static let other = 26

  private var substitute: [Float]
  private var insert: [Float]
  private var delete: [Float]
  private var double: [Float]
  private var halve: [Float]
  private var swap: Float = 3
  /// Added when the first letter is wrong.
  private var first: Float = 1

  init(_ folder: URL) throws(LexiconFault) {
    substitute = Array(repeating: 9, count: Self.letterCount * Self.letterCount)
    insert = Array(repeating: 7, count: Self.letterCount)
    delete = insert
    double = insert
    halve = insert
    let file = try LexiconFile(folder, "edit-costs.tsv")
    try file.eachLine { line, number throws(LexiconFault) in
      let fields = line.fields
      guard fields.count == 2, let cost = fields[1].decimalNumber, let last = fields[0].last else {
        throw file.malformed(number)
      }
      let letter = Self.index(last)
      switch fields[0].string.prefix(2) {
      case "sw": swap = cost
      case "fi": first = cost
      case "+=": double[letter] = cost
      case "-=": halve[letter] = cost
      case let name where name.hasPrefix("+"): insert[letter] = cost
      case let name where name.hasPrefix("-"): delete[letter] = cost
      case _:
        guard let from = fields[0].first else { throw file.malformed(number) }
        substitute[Self.index(from) * Self.letterCount + letter] = cost
      }
    }
  }

  private static func index(_ byte: UInt8) -> Int {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? Int(byte - UInt8(ascii: "a")) : other
  }

  /// The cost of the cheapest edits and how many they are; nil above `editsMax` edits. Both words
  /// in lower case.
  func cost(_ wrong: [UInt8], _ right: ArraySlice<UInt8>, editsMax: Int) -> (Float, Int)? {
    let right = Array(right)
    let width = right.count + 1
    let away: Float = 1_000
    guard abs(wrong.count - right.count) <= editsMax else { return nil }
    var twoBefore = [(Float, Int)](repeating: (away, 99), count: width)
    var before = twoBefore
    var row = twoBefore
    for i in 0...wrong.count {
      var least = 99
      for j in 0..<width {
        if abs(i - j) > editsMax {
          row[j] = (away, 99)
          continue
        }
        var best: (Float, Int) = i == 0 && j == 0 ? (0, 0) : (away, 99)
        if i > 0, j > 0 {
          let same = wrong[i - 1] == right[j - 1]
          let step = same ? 0 : substitution(wrong[i - 1], right[j - 1]) + (i == 1 ? first : 0)
          keep(before[j - 1], step, same ? 0 : 1, &best)
        }
        if i > 0 {
          let letter = Self.index(wrong[i - 1])
          let twin = isTwin(wrong, i - 1)
          let edge = i == 1 && !twin ? first : 0
          keep(
            before[j], (twin ? min(halve[letter], delete[letter]) : delete[letter]) + edge, 1, &best
          )
        }
        if j > 0 {
          let letter = Self.index(right[j - 1])
          let twin = isTwin(right, j - 1)
          let edge = j == 1 && !twin ? first : 0
          keep(
            row[j - 1], (twin ? min(double[letter], insert[letter]) : insert[letter]) + edge, 1,
            &best)
        }
        if i > 1, j > 1, wrong[i - 1] == right[j - 2], wrong[i - 2] == right[j - 1],
          wrong[i - 1] != wrong[i - 2]
        {
          keep(twoBefore[j - 2], swap + (i == 2 ? first : 0), 1, &best)
        }
        row[j] = best
        least = min(least, best.1)
      }
      if least > editsMax { return nil }
      (twoBefore, before, row) = (before, row, twoBefore)
    }
    let result = before[width - 1]
    return result.1 <= editsMax ? result : nil
  }

  private func substitution(_ wrong: UInt8, _ right: UInt8) -> Float {
    substitute[Self.index(wrong) * Self.letterCount + Self.index(right)]
  }

  private func keep(_ from: (Float, Int), _ step: Float, _ edits: Int, _ best: inout (Float, Int)) {
    let cost = from.0 + step
    if cost < best.0 { best = (cost, from.1 + edits) }
  }

  private func isTwin(_ word: [UInt8], _ index: Int) -> Bool {
    index > 0 && word[index - 1] == word[index]
      || index + 1 < word.count && word[index + 1] == word[index]
  }
}
