/// Subjects whose number is not that of their form: "ten pounds is", "the United States is", "the
/// rich are", "God save".
enum OneInSense {
  private static let measures: Set<String> = Words.timeUnits.union([
    "pounds", "dollars", "euros", "rials", "tomans", "cents", "miles", "kilometres", "kilometers",
    "metres", "meters", "kilos", "grams", "litres", "liters", "seconds", "degrees", "percent",
  ])
  /// With "the" they are people.
  private static let people: Set<String> = [
    "rich", "poor", "young", "old", "elderly", "unemployed", "homeless", "blind", "deaf", "dead",
    "sick", "disabled", "injured", "wounded", "british", "english", "french", "chinese",
    "japanese", "dutch", "irish", "spanish", "swiss", "portuguese", "vietnamese",
  ]
  private static let countries: Set<String> = ["states", "netherlands", "philippines", "nations"]

  /// "two thirds of the water has".
  private static let parts: Set<String> = ["third", "thirds", "half", "quarter", "quarters"]

  static func contains(_ draft: Draft, _ subject: Subject) -> Bool {
    let first = draft.word(subject.range.lowerBound)
    let of = draft.tokens[subject.range].firstIndex { $0.lower == "of" }
    let head = draft.word((of ?? subject.range.upperBound) - 1)
    let isMany =
      Words.numbers.contains(first) || draft.tokens[subject.range.lowerBound].kind == .number
    return measures.contains(head) && isMany || of != nil && parts.contains(head)
      || countries.contains(head) || head == "god" || first == "good"
      || first == "the" && subject.range.count == 2 && people.contains(head)
  }
}
