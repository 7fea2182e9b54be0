/// Digits as each language writes them.
package enum Numerals {
  package static func localise(_ text: String, language: LanguageCode) -> String {
    guard let zero = zero(of: language) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isDigit = scalar.isASCII && ("0"..."9").contains(scalar)
      let localised = isDigit ? Unicode.Scalar(zero + scalar.value - 0x30) : scalar
      scalars.append(localised ?? scalar)
    }
    return String(scalars)
  }

  private static func zero(of language: LanguageCode) -> UInt32? {
    switch language {
    case .persian: 0x06F0
    case .arabic: 0x0660
    case _: nil
    }
  }
}
