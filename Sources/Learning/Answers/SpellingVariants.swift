/// British and American spelling, which are the same answer. The list holds the words learners
/// meet; endings that go by a rule are found by it.
enum SpellingVariants {
  /// The British spelling of a word in lower case; the word itself when it has no other.
  static func british(_ word: String) -> String {
    if let known = whole[word] { return known }
    for (american, british) in stems where word.hasPrefix(american) {
      return british + word.dropFirst(american.count)
    }
    for (american, british) in endings where word.hasSuffix(american) {
      let stem = word.dropLast(american.count)
      if stem.count >= stemLengthMin, !keptZ.contains(word) { return stem + british }
    }
    return word
  }

  private static let stemLengthMin = 4
  private static let keptZ: Set<String> = ["capsize", "downsize", "oversize", "upsize"]

  private static let endings = [
    ("izations", "isations"), ("ization", "isation"), ("izing", "ising"), ("izers", "isers"),
    ("izer", "iser"), ("ized", "ised"), ("izes", "ises"), ("ize", "ise"), ("yzing", "ysing"),
    ("yzed", "ysed"), ("yzes", "yses"), ("yze", "yse"),
  ]

  private static let whole = [
    "gray": "grey", "pajamas": "pyjamas", "plow": "plough", "skeptical": "sceptical",
    "skeptic": "sceptic", "jewelry": "jewellery",
    "aluminum": "aluminium", "mom": "mum", "moms": "mums", "program": "programme",
    "programs": "programmes", "draft": "draught", "mold": "mould", "toward": "towards",
    "artifact": "artefact", "cozy": "cosy", "airplane": "aeroplane", "airplanes": "aeroplanes",
    "maneuver": "manoeuvre",
    "learned": "learnt", "dreamed": "dreamt", "burned": "burnt", "spelled": "spelt",
    "spoiled": "spoilt", "practice": "practise", "practices": "practises",
    "license": "licence", "licenses": "licences", "defense": "defence", "offense": "offence",
    "enroll": "enrol", "fulfill": "fulfil", "skillful": "skilful", "judgment": "judgement",
    "aging": "ageing", "ok": "okay", "center": "centre", "centers": "centres",
    "centered": "centred", "theater": "theatre", "theaters": "theatres", "liter": "litre",
    "liters": "litres", "meter": "metre", "meters": "metres", "kilometer": "kilometre",
    "kilometers": "kilometres", "centimeter": "centimetre", "centimeters": "centimetres",
    "fiber": "fibre", "catalog": "catalogue", "catalogs": "catalogues", "dialog": "dialogue",
    "dialogs": "dialogues",
  ]

  private static let stems = [
    ("behavior", "behaviour"), ("color", "colour"), ("endeavor", "endeavour"),
    ("favor", "favour"), ("flavor", "flavour"), ("harbor", "harbour"), ("honor", "honour"),
    ("humor", "humour"), ("labor", "labour"), ("neighbor", "neighbour"), ("rumor", "rumour"),
    ("traveler", "traveller"),
    ("traveling", "travelling"), ("traveled", "travelled"), ("canceled", "cancelled"),
    ("canceling", "cancelling"), ("modeling", "modelling"), ("labeled", "labelled"),
    ("counselor", "counsellor"), ("jeweler", "jeweller"), ("woolen", "woollen"),
    ("marvelous", "marvellous"),
    ("pediatric", "paediatric"), ("encyclopedia", "encyclopaedia"),
  ]
}
