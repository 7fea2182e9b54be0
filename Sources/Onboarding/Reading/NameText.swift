import Conversation

/// A typed name, freed of what is not part of it.
enum NameText: Equatable {
  static let lengthMax = 60

  case name(String)
  case tooLong
  case noLetters

  static func read(_ text: String) -> NameText {
    let name = withoutIntroduction(clean(text))
    guard name.unicodeScalars.contains(where: \.properties.isAlphabetic) else { return .noLetters }
    return name.count > lengthMax ? .tooLong : .name(name)
  }

  /// One line, single spaces, nothing invisible but the joiners that Persian needs.
  private static func clean(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if let last = scalars.last, last != " " { scalars.append(" ") }
        continue
      }
      let isJoiner = scalar == "\u{200C}" || scalar == "\u{200D}"
      switch scalar.properties.generalCategory {
      case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator:
        continue
      case .format where !isJoiner: continue
      case _: scalars.append(scalar)
      }
    }
    while let last = scalars.last, " .,!،؛".unicodeScalars.contains(last) { scalars.removeLast() }
    return String(scalars)
  }

  private static let openings = [
    "my name is ", "my name's ", "i am ", "i'm ", "i’m ", "call me ", "it's ", "hi i'm ",
    "hello i'm ", "اسم من ", "نام من ", "اسمم ", "من ", "أنا ", "انا ", "اسمي ",
  ]
  private static let closings = [" هستم", " است", " ـه"]

  private static func withoutIntroduction(_ name: String) -> String {
    var rest = name[...]
    if let opening = openings.first(where: { name.lowercased().hasPrefix($0) }) {
      rest = name.dropFirst(opening.count)
    }
    if let closing = closings.first(where: { rest.hasSuffix($0) }) {
      rest = rest.dropLast(closing.count)
    }
    return rest.isEmpty ? name : String(rest)
  }
}
