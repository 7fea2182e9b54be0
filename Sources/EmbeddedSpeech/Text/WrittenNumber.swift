/// A word with digits in it: a plain number, an ordinal, a year, a time, money, a measure.
struct WrittenNumber {
  private let text: String

  /// Digits of other scripts count as digits: `۲۵` is 25.
  init(_ text: String) {
    var plain = ""
    for character in text {
      if let digit = character.wholeNumberValue, (0...9).contains(digit) {
        plain += String(digit)
      } else {
        plain.append(character)
      }
    }
    self.text = plain
  }

  /// - Returns: `nil` when it is not read as a number.
  func spoken() -> [String]? {
    guard text.count <= Limits.wordCharactersMax else { return nil }
    if text.hasPrefix("-") {
      return WrittenNumber(String(text.dropFirst())).spoken().map { ["minus"] + $0 }
    }
    return money() ?? time() ?? ordinal() ?? decade() ?? range() ?? measure() ?? plain(text[...])
  }

  private func money() -> [String]? {
    let sign: Character
    let amount: Substring
    if let first = text.first, WrittenForms.currencies[first] != nil {
      sign = first
      amount = text.dropFirst()
    } else if let last = text.last, WrittenForms.currencies[last] != nil {
      sign = last
      amount = text.dropLast()
    } else {
      return nil
    }
    guard let currency = WrittenForms.currencies[sign] else { return nil }
    let parts = amount.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap(Self.whole), parts.count <= 2 else { return nil }
    var words = NumberWords.cardinal(whole) + [whole == 1 ? currency.one : currency.many]
    if parts.count == 2 {
      guard parts[1].count == 2, let part = Self.whole(parts[1]) else { return nil }
      if part > 0 { words += ["and"] + NumberWords.cardinal(part) + [currency.parts] }
    }
    return words
  }

  private func time() -> [String]? {
    var rest = text[...]
    var half: [String] = []
    for (ending, words) in [("am", ["a", "m"]), ("pm", ["p", "m"])] where rest.hasSuffix(ending) {
      rest = rest.dropLast(2)
      half = words
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = Self.whole(parts[0]),
      let minute = Self.whole(parts[1]), hour < 25, minute < 60
    else { return nil }
    let said = NumberWords.cardinal(hour)
    if minute == 0 { return said + (half.isEmpty ? ["o'clock"] : half) }
    return said + (minute < 10 ? ["oh"] : []) + NumberWords.cardinal(minute) + half
  }

  private func ordinal() -> [String]? {
    guard ["st", "nd", "rd", "th"].contains(where: text.hasSuffix),
      let number = Self.whole(text.dropLast(2)), number > 0
    else { return nil }
    return NumberWords.ordinal(number)
  }

  /// `1990s` nineteen nineties.
  private func decade() -> [String]? {
    let digits = text.hasSuffix("'s") ? text.dropLast(2) : text.dropLast()
    guard text.hasSuffix("s"), digits.count == 4 || digits.count == 2, digits.hasSuffix("0"),
      let number = Self.whole(digits)
    else { return nil }
    var words = digits.count == 4 ? NumberWords.year(number) : NumberWords.cardinal(number)
    guard let last = words.popLast() else { return nil }
    return words + [last.hasSuffix("y") ? last.dropLast() + "ies" : last + "s"]
  }

  /// `9-5` nine to five.
  private func range() -> [String]? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let from = plain(parts[0]), let to = plain(parts[1]) else { return nil }
    return from + ["to"] + to
  }

  /// `5km`, `20%`.
  private func measure() -> [String]? {
    let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "," }
    let unit = String(text.dropFirst(digits.count))
    guard !digits.isEmpty, let many = WrittenForms.units[unit], let number = plain(digits)
    else { return nil }
    return number + (digits == "1" ? WrittenForms.singleUnits[unit] ?? many : many)
  }

  private func plain(_ digits: Substring) -> [String]? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 2, parts[1].allSatisfy(\.isNumber), let whole = Self.whole(parts[0]) {
      return NumberWords.cardinal(whole) + ["point"] + NumberWords.digits(parts[1])
    }
    guard parts.count == 1, let number = Self.whole(digits) else { return nil }
    // A telephone number or a code is read digit by digit.
    if digits.count > 1, digits.hasPrefix("0") { return NumberWords.digits(digits) }
    return digits.count == 4 ? NumberWords.year(number) : NumberWords.cardinal(number)
  }

  /// Digits, perhaps in groups of three.
  private static func whole(_ text: Substring) -> Int? {
    let groups = text.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1 {
      guard let first = groups.first, (1...3).contains(first.count),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
    }
    let digits = groups.joined()
    guard !digits.isEmpty, digits.allSatisfy(\.isASCII), digits.allSatisfy(\.isNumber),
      let number = Int(digits), number <= NumberWords.max
    else { return nil }
    return number
  }
}
