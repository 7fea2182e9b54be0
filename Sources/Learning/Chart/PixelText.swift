/// Turns a short text into dots: Latin from left to right, Persian and Arabic with their letters
/// joined and from right to left.
enum PixelText {
  /// Rows of a line, of which `baseline` is the one that letters are joined on.
  static let height = 12
  static let baseline = 7

  struct Line: Sendable, Equatable {
    var width = 0
    var dots: [(column: Int, row: Int)] = []

    static func == (left: Line, right: Line) -> Bool {
      left.width == right.width
        && left.dots.elementsEqual(right.dots) { $0.column == $1.column && $0.row == $1.row }
    }
  }

  /// How a letter stands to its neighbours.
  enum Form: Hashable, Sendable {
    case isolated
    case initial
    case medial
    case final
  }

  /// Those that are never joined to the letter after them.
  private static let joinedBeforeOnly: Set<Unicode.Scalar> = ["د", "ر", "ا", "ة"]

  /// A letter that has no shape is left out. `isRightToLeft` says in which order the text runs.
  static func line(_ text: String, isRightToLeft: Bool) -> Line {
    let scalars = Array(text.unicodeScalars)
    var shapes = scalars.indices.compactMap { index -> [String]? in
      let form = form(of: index, in: scalars)
      let gap = joinsNext(index, in: scalars) ? 0 : 1
      return PixelGlyphs.shape(scalars[index], form).map { shape in
        // The gap lies where the next letter comes: left of this one in a line from the right.
        isRightToLeft ? pad(shape, left: gap, right: 0) : pad(shape, left: 0, right: gap)
      }
    }
    if isRightToLeft { shapes = keepingNumbers(shapes, scalars) }
    return lay(shapes)
  }

  /// Digits keep their own order in a line from the right.
  private static func keepingNumbers(_ shapes: [[String]], _ scalars: [Unicode.Scalar])
    -> [[String]]
  {
    let isNumber = scalars.allSatisfy {
      $0.properties.numericType != nil || "%٪".contains(String($0))
    }
    return isNumber ? shapes : shapes.reversed()
  }

  private static func form(of index: Int, in scalars: [Unicode.Scalar]) -> Form {
    let before = index > 0 && joinsNext(index - 1, in: scalars)
    let after = joinsNext(index, in: scalars)
    return switch (before, after) {
    case (false, false): .isolated
    case (false, true): .initial
    case (true, true): .medial
    case (true, false): .final
    }
  }

  private static func joinsNext(_ index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard index + 1 < scalars.count else { return false }
    return isArabic(scalars[index]) && isArabic(scalars[index + 1])
      && !joinedBeforeOnly.contains(scalars[index])
  }

  private static func isArabic(_ scalar: Unicode.Scalar) -> Bool {
    (0x0620...0x064A).contains(scalar.value) || (0x067E...0x06D3).contains(scalar.value)
  }

  private static func pad(_ shape: [String], left: Int, right: Int) -> [String] {
    shape.map {
      String(repeating: ".", count: left) + $0 + String(repeating: ".", count: right)
    }
  }

  private static func lay(_ shapes: [[String]]) -> Line {
    var line = Line()
    for shape in shapes {
      for (row, text) in shape.enumerated() {
        for (column, mark) in text.utf8.enumerated() where mark == UInt8(ascii: "#") {
          line.dots.append((line.width + column, row))
        }
      }
      line.width += shape.first?.utf8.count ?? 0
    }
    return line
  }
}
