import Foundation

/// Word classes and inflection: lemmas with their classes from a table, regular forms by rule,
/// irregular ones by table.
struct Morphology {
  struct Classes: OptionSet {
    let rawValue: UInt16
    static let noun = Classes(rawValue: 1)
    static let verb = Classes(rawValue: 2)
    static let adjective = Classes(rawValue: 4)
    static let adverb = Classes(rawValue: 8)
    static let commonNoun = Classes(rawValue: 16)
    static let commonVerb = Classes(rawValue: 32)
    static let commonAdjective = Classes(rawValue: 64)
    static let commonAdverb = Classes(rawValue: 128)
    static let doubles = Classes(rawValue: 256)
    static let compares = Classes(rawValue: 512)
  }
  enum VerbForm { case base, third, past, participle, ing }
  struct VerbReading {
    let lemma: String
    let form: VerbForm
  }

  private static let flags: [UInt8: Classes] = [
    UInt8(ascii: "n"): .noun, UInt8(ascii: "v"): .verb, UInt8(ascii: "a"): .adjective,
    UInt8(ascii: "r"): .adverb, UInt8(ascii: "N"): [.noun, .commonNoun],
    UInt8(ascii: "V"): [.verb, .commonVerb], UInt8(ascii: "A"): [.adjective, .commonAdjective],
    UInt8(ascii: "R"): [.adverb, .commonAdverb], UInt8(ascii: "2"): .doubles,
    UInt8(ascii: "e"): .compares,
  ]

  private var lemmas: [String: Classes] = [:]
  private var irregularVerbs: [String: (past: String, participle: String)] = [:]
  private var irregularForms: [String: [VerbReading]] = [:]
  private var irregularPlurals: [String: String] = [:]
  private var irregularSingulars: [String: String] = [:]
  private static let comparisons: [String: (String, String)] = [
    "good": ("better", "best"), "well": ("better", "best"), "bad": ("worse", "worst"),
    "far": ("farther", "farthest"), "little": ("less", "least"), "many": ("more", "most"),
  ]

  init(_ folder: URL, _ tables: RuleTables) throws(LexiconFault) {
    let file = try LexiconFile(folder, "lemmas.tsv")
    lemmas.reserveCapacity(24_000)
    try file.eachLine { line, number throws(LexiconFault) in
      let fields = line.fields
      guard fields.count == 2 else { throw file.malformed(number) }
      lemmas[fields[0].string] = fields[1].reduce(into: Classes()) {
        $0.formUnion(Self.flags[$1] ?? [])
      }
    }
    for (lemma, forms) in tables.pairs("irregular-verbs") {
      let parts = forms.split(separator: " ").map(String.init)
      guard parts.count == 2 else { continue }
      lemmas[lemma, default: []].formUnion([.verb])
      irregularVerbs[lemma] = (parts[0], parts[1])
      irregularForms[parts[0], default: []].append(VerbReading(lemma: lemma, form: .past))
      irregularForms[parts[1], default: []].append(VerbReading(lemma: lemma, form: .participle))
    }
    for adjective in tables.list("one-syllable-adjectives") {
      lemmas[adjective, default: []].formUnion([.adjective, .compares])
    }
    irregularForms["has", default: []].append(VerbReading(lemma: "have", form: .third))
    for (singular, plural) in tables.pairs("irregular-plurals") {
      irregularPlurals[singular] = plural
      irregularSingulars[plural] = singular
      lemmas[singular, default: []].formUnion([.noun])
    }
  }

  func classes(_ lemma: String) -> Classes { lemmas[lemma] ?? [] }

  // MARK: Verbs

  func isVerb(_ lemma: String) -> Bool { classes(lemma).contains(.verb) }

  /// Every way to read a form as a verb's.
  func verbReadings(_ form: String) -> [VerbReading] {
    var readings = irregularForms[form] ?? []
    if isVerb(form) { readings.append(VerbReading(lemma: form, form: .base)) }
    let forms: [(String, VerbForm)] = [("s", .third), ("ed", .past), ("ing", .ing)]
    for (suffix, kind) in forms where form.hasSuffix(suffix) {
      for lemma in Self.stems(form, suffix) where isVerb(lemma) && inflect(lemma, kind) == form {
        readings.append(VerbReading(lemma: lemma, form: kind))
        if kind == .past { readings.append(VerbReading(lemma: lemma, form: .participle)) }
      }
    }
    return readings
  }

  func lemma(_ form: String, as kinds: Set<VerbForm>) -> String? {
    verbReadings(form).first { kinds.contains($0.form) && $0.lemma != form }?.lemma
      ?? verbReadings(form).first { kinds.contains($0.form) }?.lemma
  }

  func isForm(_ form: String, _ kind: VerbForm) -> Bool {
    verbReadings(form).contains { $0.form == kind }
  }

  func inflect(_ lemma: String, _ form: VerbForm) -> String {
    switch form {
    case .base: lemma
    case .third:
      lemma == "have" ? "has" : lemma == "be" ? "is" : Self.withS(lemma)
    case .past:
      irregularVerbs[lemma]?.past ?? regular(lemma, "ed")
    case .participle:
      irregularVerbs[lemma]?.participle ?? regular(lemma, "ed")
    case .ing: regular(lemma, "ing")
    }
  }

  private func regular(_ lemma: String, _ suffix: String) -> String {
    if classes(lemma).contains(.doubles), let last = lemma.last {
      return lemma + String(last) + suffix
    }
    if suffix == "ing" {
      if lemma.hasSuffix("ie") { return lemma.dropLast(2) + "ying" }
      if lemma.hasSuffix("e"), !lemma.hasSuffix("ee"), !lemma.hasSuffix("oe"),
        !lemma.hasSuffix("ye"), lemma != "be"
      {
        return lemma.dropLast() + suffix
      }
      return lemma + suffix
    }
    if lemma.hasSuffix("e") { return lemma + "d" }
    if Self.endsInConsonantY(lemma) { return lemma.dropLast() + "ied" }
    return lemma + suffix
  }

  // MARK: Nouns

  func isNoun(_ lemma: String) -> Bool { classes(lemma).contains(.noun) }

  func plural(_ singular: String) -> String {
    if let plural = irregularPlurals[singular] { return plural }
    if singular.hasSuffix("man"), singular.count > 5, isNoun(singular), singular != "german" {
      return singular.dropLast(2) + "en"
    }
    return Self.withS(singular)
  }

  /// The singular if the form is a plural.
  func singular(_ form: String) -> String? {
    if let singular = irregularSingulars[form] { return singular }
    guard form.hasSuffix("s"), !form.hasSuffix("ss") else { return nil }
    return Self.stems(form, "s").first { isNoun($0) && plural($0) == form }
  }

  func isSingularNoun(_ form: String) -> Bool {
    isNoun(form) && singular(form) == nil
  }

  // MARK: Adjectives

  func comparative(_ lemma: String) -> String? {
    if let known = Self.comparisons[lemma] { return known.0 }
    guard classes(lemma).contains(.compares) else { return nil }
    return Self.compared(lemma) + "er"
  }

  func superlative(_ lemma: String) -> String? {
    if let known = Self.comparisons[lemma] { return known.1 }
    guard classes(lemma).contains(.compares) else { return nil }
    return Self.compared(lemma) + "est"
  }

  /// The adjective that a form in -er or -est compares.
  func compared(_ form: String) -> String? {
    if let known = Self.comparisons.first(where: { $0.value.0 == form || $0.value.1 == form }) {
      return known.key
    }
    for suffix in ["er", "est"] where form.hasSuffix(suffix) {
      let found = Self.stems(form, suffix).first {
        suffix == "er" ? comparative($0) == form : superlative($0) == form
      }
      if let found { return found }
    }
    return nil
  }

  /// What "hoter", "easyer" and "goodest" should be; nil for what is no such form.
  func comparisonMeant(by form: String) -> String? {
    for suffix in ["er", "est"] where form.hasSuffix(suffix) {
      let stem = String(form.dropLast(suffix.count))
      let right = suffix == "er" ? comparative(stem) : superlative(stem)
      if let right, right != form { return right }
    }
    return nil
  }

  private static func compared(_ lemma: String) -> String {
    if endsInConsonantY(lemma) { return lemma.dropLast() + "i" }
    if lemma.hasSuffix("e") { return String(lemma.dropLast()) }
    let letters = Array(lemma.utf8)
    if letters.count >= 3, let last = letters.last, "bdgmnpt".utf8.contains(last),
      isVowel(letters[letters.count - 2]), !isVowel(letters[letters.count - 3]), letters.count < 6
    {
      return lemma + String(decoding: [last], as: UTF8.self)
    }
    return lemma
  }

  // MARK: Spelling of endings

  private static func withS(_ word: String) -> String {
    if endsInConsonantY(word) { return word.dropLast() + "ies" }
    let hisses = ["s", "x", "z", "ch", "sh"].contains { word.hasSuffix($0) }
    if hisses { return word.hasSuffix("quiz") ? word + "zes" : word + "es" }
    let takesEs = [
      "go", "do", "echo", "veto", "potato", "tomato", "hero", "undergo", "forgo", "embargo",
      "torpedo", "redo", "undo", "overdo", "outdo", "mango", "volcano", "mosquito",
    ]
    return takesEs.contains(word) ? word + "es" : word + "s"
  }

  private static func endsInConsonantY(_ word: String) -> Bool {
    let letters = Array(word.utf8.suffix(2))
    return letters.count == 2 && letters[1] == UInt8(ascii: "y") && !isVowel(letters[0])
  }

  static func isVowel(_ letter: UInt8) -> Bool { "aeiou".utf8.contains(letter) }

  /// What a form may come from when a suffix is taken off.
  private static func stems(_ form: String, _ suffix: String) -> [String] {
    let stem = String(form.dropLast(suffix.count))
    guard stem.count >= 2 else { return [] }
    var stems = [stem, stem + "e"]
    if stem.hasSuffix("i") { stems.append(stem.dropLast() + "y") }
    if suffix == "s", stem.hasSuffix("e") {
      stems.append(String(stem.dropLast()))
      if stem.hasSuffix("ie") { stems.append(stem.dropLast(2) + "y") }
      if stem.hasSuffix("zze") { stems.append(String(stem.dropLast(2))) }
    }
    if suffix == "ing", stem.hasSuffix("y") { stems.append(stem.dropLast() + "ie") }
    let letters = Array(stem.utf8.suffix(2))
    if letters.count == 2, letters[0] == letters[1] { stems.append(String(stem.dropLast())) }
    return stems
  }
}
