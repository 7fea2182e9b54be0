/// The 39 phones of the dictionary, and how people who learn English know them.
enum PhoneSymbols {
  private static let international = [
    "AA": "ɑː", "AE": "æ", "AH": "ʌ", "AO": "ɔː", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "tʃ",
    "D": "d", "DH": "ð", "EH": "e", "ER": "ɜːr", "EY": "eɪ", "F": "f", "G": "g", "HH": "h",
    "IH": "ɪ", "IY": "iː", "JH": "dʒ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ",
    "OW": "oʊ", "OY": "ɔɪ", "P": "p", "R": "r", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ",
    "UH": "ʊ", "UW": "uː", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
  ]

  /// A phone or several, `S` or `EH S`, in the International Phonetic Alphabet.
  static func international(_ phones: String) -> String {
    phones.split(separator: " ").map { international[String($0)] ?? "" }.joined()
  }

  /// A phone as flite writes it, `ax` or `ih1`, in the dictionary's way; `nil` for no phone.
  static func fromFlite(_ name: String) -> String? {
    let plain = name.uppercased().filter { !$0.isNumber }
    if plain == "AX" { return "AH" }
    return international[plain] == nil ? nil : plain
  }
}
