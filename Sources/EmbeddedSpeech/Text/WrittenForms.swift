/// What is written shorter than it is said.
enum WrittenForms {
  static let abbreviations: [String: [String]] = [
    "mr": ["mister"], "mrs": ["missus"], "ms": ["miss"], "dr": ["doctor"], "st": ["street"],
    "prof": ["professor"], "etc": ["et", "cetera"], "vs": ["versus"], "no": ["number"],
    "e.g": ["for", "example"], "i.e": ["that", "is"], "approx": ["approximately"],
    "dept": ["department"], "jan": ["january"], "feb": ["february"], "aug": ["august"],
    "sept": ["september"], "oct": ["october"], "nov": ["november"], "dec": ["december"],
  ]

  static let signs: [Character: [String]] = [
    "&": ["and"], "+": ["plus"], "=": ["equals"], "@": ["at"], "%": ["percent"],
  ]

  static let units: [String: [String]] = [
    "km": ["kilometers"], "cm": ["centimeters"], "mm": ["millimeters"], "m": ["meters"],
    "kg": ["kilograms"], "g": ["grams"], "mg": ["milligrams"], "l": ["liters"],
    "ml": ["milliliters"], "mph": ["miles", "per", "hour"], "min": ["minutes"],
    "h": ["hours"], "hrs": ["hours"], "s": ["seconds"], "°c": ["degrees", "celsius"],
    "°f": ["degrees", "fahrenheit"], "°": ["degrees"], "%": ["percent"], "am": ["a", "m"],
    "pm": ["p", "m"], "a.m": ["a", "m"], "p.m": ["p", "m"], "st": [], "k": ["thousand"],
  ]

  /// Units of which one is said otherwise.
  static let singleUnits: [String: [String]] = [
    "km": ["kilometer"], "cm": ["centimeter"], "mm": ["millimeter"], "m": ["meter"],
    "kg": ["kilogram"], "g": ["gram"], "l": ["liter"], "min": ["minute"], "h": ["hour"],
    "s": ["second"], "°": ["degree"],
  ]

  /// A sign of money, with one of it, several, and its hundredth part.
  static let currencies: [Character: (one: String, many: String, parts: String)] = [
    "$": ("dollar", "dollars", "cents"), "£": ("pound", "pounds", "pence"),
    "€": ("euro", "euros", "cents"), "¥": ("yen", "yen", "sen"),
    "₹": ("rupee", "rupees", "paise"), "﷼": ("rial", "rials", "dinars"),
  ]
}
