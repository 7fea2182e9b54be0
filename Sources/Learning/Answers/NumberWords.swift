/// Numbers in words and in digits, which are the same answer.
enum NumberWords {
  private static let units = [
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9,
  ]
  private static let teens = [
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
  ]
  private static let tens = [
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
  ]
  private static let ordinals = [
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
  ]
  private static let hundred = "hundred"

  /// Every number of `words` in digits: `twenty five` is `25`, `two hundred` is `200`.
  static func inDigits(_ words: [String]) -> [String] {
    var result: [String] = []
    var index = 0
    while index < words.count {
      if let ordinal = ordinals[words[index]] {
        result.append(ordinal)
        index += 1
      } else if let (number, length) = number(at: index, in: words) {
        result.append(String(number))
        index += length
      } else {
        result.append(words[index])
        index += 1
      }
    }
    return result
  }

  private static func number(at start: Int, in words: [String]) -> (Int, Int)? {
    guard let (first, length) = small(at: start, in: words) else { return nil }
    let next = start + length
    guard first < 100, words.indices.contains(next), words[next] == hundred else {
      return (first, length)
    }
    // `two hundred and five`, and `two hundred five`.
    let isJoined = words.indices.contains(next + 1) && words[next + 1] == "and"
    if let (rest, restLength) = small(at: next + (isJoined ? 2 : 1), in: words) {
      return (first * 100 + rest, length + 1 + (isJoined ? 1 : 0) + restLength)
    }
    return (first * 100, length + 1)
  }

  private static func small(at start: Int, in words: [String]) -> (Int, Int)? {
    guard words.indices.contains(start) else { return nil }
    let word = words[start]
    if let number = units[word] ?? teens[word] { return (number, 1) }
    guard let number = tens[word] else { return nil }
    if words.indices.contains(start + 1), let unit = units[words[start + 1]], unit > 0 {
      return (number + unit, 2)
    }
    return (number, 1)
  }
}
