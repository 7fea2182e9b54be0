import Foundation

/// Parts of speech by an averaged perceptron (Collins 2002), trained on UD English-EWT.
struct Tagger {
  private static let featuresExpected = 47_000
  private static let weightsExpected = 110_000
  private static let tagNumbers = [UInt64: UInt8](
    uniqueKeysWithValues: Tag.allCases.enumerated().map { number, tag in
      var hash = FeatureHash()
      hash.add(tag.rawValue.utf8)
      return (hash.value, UInt8(number))
    })

  private var places: [UInt64: (start: Int32, count: Int32)] = [:]
  private var tags: [UInt8] = []
  private var weights: [Float] = []
  private var sure: [String: Tag] = [:]

  init(_ folder: URL) throws(LexiconFault) {
    let file = try LexiconFile(folder, "tagger-weights.tsv")
    places.reserveCapacity(Self.featuresExpected)
    tags.reserveCapacity(Self.weightsExpected)
    weights.reserveCapacity(Self.weightsExpected)
    try file.eachLine { line, number throws(LexiconFault) in
      guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { throw file.malformed(number) }
      let start = tags.count
      guard readWeights(line[(tab + 1)...]) else { throw file.malformed(number) }
      var hash = FeatureHash()
      hash.add(line[..<tab])
      places[hash.value] = (Int32(start), Int32(tags.count - start))
    }
    let words = try LexiconFile(folder, "tagger-words.tsv")
    try words.eachLine { line, number throws(LexiconFault) in
      let fields = line.fields
      guard fields.count == 2, let tag = Tag(rawValue: fields[1].string) else {
        throw words.malformed(number)
      }
      sure[fields[0].string] = tag
    }
  }

  /// Pairs such as `NNS:1.5` with spaces between; false where one is no such pair. Over a hundred
  /// thousand of them: nothing is allocated for one.
  private mutating func readWeights(_ line: ArraySlice<UInt8>) -> Bool {
    var start = line.startIndex
    while start < line.endIndex {
      let end = line[start...].firstIndex(of: UInt8(ascii: " ")) ?? line.endIndex
      guard let colon = line[start..<end].lastIndex(of: UInt8(ascii: ":")) else { return false }
      var hash = FeatureHash()
      hash.add(line[start..<colon])
      guard let tag = Self.tagNumbers[hash.value],
        let weight = line[(colon + 1)..<end].decimalNumber
      else { return false }
      tags.append(tag)
      weights.append(weight)
      start = end + 1
    }
    return true
  }

  func tag(_ words: [String]) -> [Tag] {
    let lower = words.map { Token.fold($0) }
    var context = [Array("-S2-".utf8), Array("-S-".utf8)]
    context += lower.map { Array(Self.context($0).utf8) }
    context += [Array("-E-".utf8), Array("-E2-".utf8)]
    var before = Tag?.none
    var twoBefore = Tag?.none
    var result: [Tag] = []
    for index in words.indices {
      let tag: Tag
      if let known = sure[lower[index]] {
        tag = known
      } else {
        var scores = [Float](repeating: 0, count: Tag.allCases.count)
        let names = (before?.rawValue ?? "-S-", twoBefore?.rawValue ?? "-S2-")
        add(index, words[index], Array(lower[index].utf8), context, names, &scores)
        var best = 0
        for place in scores.indices where scores[place] >= scores[best] { best = place }
        tag = Tag.allCases[best]
      }
      result.append(tag)
      (before, twoBefore) = (tag, before)
    }
    return result
  }

  /// The features of one word; the README of the weights names them.
  private func add(
    _ index: Int, _ word: String, _ lower: [UInt8], _ context: [[UInt8]],
    _ names: (String, String), _ scores: inout [Float]
  ) {
    let here = context[index + 2]
    let left = context[index + 1]
    let right = context[index + 3]
    let one = names.0.utf8
    let two = names.1.utf8
    let shape = Self.shape(word) + (index == 0 ? "0" : "")
    let space = CollectionOfOne(UInt8(ascii: " "))
    score("b", [UInt8](), &scores)
    score("s3 ", lower.suffix(3), &scores)
    score("s2 ", lower.suffix(2), &scores)
    score("s1 ", lower.suffix(1), &scores)
    score("p1 ", word.prefix(1).utf8, &scores)
    score("t-1 ", one, &scores)
    score("t-2 ", two, &scores)
    score("tt ", [Array(one), Array(space), Array(two)].joined(), &scores)
    score("w ", here, &scores)
    score("t-1w ", [Array(one), Array(space), here].joined(), &scores)
    score("w-1 ", left, &scores)
    score("s-1 ", left.suffix(3), &scores)
    score("w-2 ", context[index], &scores)
    score("w+1 ", right, &scores)
    score("s+1 ", right.suffix(3), &scores)
    score("w+2 ", context[index + 4], &scores)
    score("sh ", shape.utf8, &scores)
    score("ww-1 ", [left, Array(space), here].joined(), &scores)
    score("ww+1 ", [here, Array(space), right].joined(), &scores)
  }

  private func score(_ name: String, _ rest: some Sequence<UInt8>, _ scores: inout [Float]) {
    var hash = FeatureHash()
    hash.add(name.utf8)
    hash.add(rest)
    guard let place = places[hash.value] else { return }
    for index in Int(place.start)..<Int(place.start + place.count) {
      scores[Int(tags[index])] += weights[index]
    }
  }

  private static func context(_ word: String) -> String {
    guard let first = word.utf8.first else { return word }
    if word.utf8.dropFirst().contains(UInt8(ascii: "-")) { return "!HYPHEN" }
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return word }
    return word.utf8.count == 4 && word.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
      ? "!YEAR" : "!DIGITS"
  }

  private static func shape(_ word: String) -> String {
    if word.contains(where: \.isLetter), word == word.uppercased() { return "U" }
    if word.first?.isUppercase ?? false { return "C" }
    return word.contains(where: \.isNumber) ? "d" : "l"
  }
}

/// FNV-1a in 64 bits.
struct FeatureHash {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}
