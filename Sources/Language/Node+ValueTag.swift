import Yams

extension Node {
  /// No word that YAML takes for something else than a text is longer: `false`, `.inf`, `null`.
  private static let wordBytesMax = 5

  /// What YAML takes a value for, such as `.str` or `.int`, which `ContentYAML` leaves open.
  var valueTag: Tag.Name {
    guard let scalar, scalar.style == .plain, !Self.isSurelyText(scalar.string) else {
      return Tag.Name(rawValue: tag.description)
    }
    // A new node, because one that was compared already keeps the answer of the basic resolver.
    return Resolver.default.resolveTag(of: Node(scalar.string))
  }

  /// Numbers and dates begin with a digit or a sign.
  private static func isSurelyText(_ text: String) -> Bool {
    text.utf8.count > wordBytesMax && text.first?.isLetter == true
  }
}
