/// English numbers in words, up to 999,999,999.
enum NumberWords {
  static let max = 999_999_999

  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  private static let irregularOrdinals = [
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
  ]

  /// - Parameter number: from 0 to `max`.
  static func cardinal(_ number: Int) -> [String] {
    for (size, name) in [(1_000_000, "million"), (1_000, "thousand"), (100, "hundred")]
    where number >= size {
      let rest = number % size
      return cardinal(number / size) + [name] + (rest == 0 ? [] : cardinal(rest))
    }
    if number < small.count { return [small[number]] }
    return [tens[number / 10]] + (number % 10 == 0 ? [] : [small[number % 10]])
  }

  static func ordinal(_ number: Int) -> [String] {
    var words = cardinal(number)
    let last = words.removeLast()
    let ending: String
    if let irregular = irregularOrdinals[last] {
      ending = irregular
    } else if last.hasSuffix("y") {
      ending = last.dropLast() + "ieth"
    } else {
      ending = last + "th"
    }
    return words + [ending]
  }

  /// As years are read: `1998` nineteen ninety eight, `2005` two thousand five.
  static func year(_ number: Int) -> [String] {
    let century = number / 100
    let rest = number % 100
    guard (1_100..<2_100).contains(number), century != 20 || rest >= 10 else {
      return cardinal(number)
    }
    if rest == 0 { return cardinal(century) + ["hundred"] }
    return cardinal(century) + (rest < 10 ? ["oh"] : []) + cardinal(rest)
  }

  /// One by one: `0912` zero nine one two.
  static func digits(_ text: some StringProtocol) -> [String] {
    text.compactMap(\.wholeNumberValue).map { small[$0] }
  }
}
