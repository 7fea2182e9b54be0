/// The shapes of the letters and digits that pictures need, drawn for this purpose: twelve rows
/// each, of which the eighth is the one that letters stand on and are joined by.
enum PixelGlyphs {
  /// The shape of a letter, nil when there is none. A letter whose joined form is not drawn is
  /// shown as it stands alone.
  static func shape(_ scalar: Unicode.Scalar, _ form: PixelText.Form) -> [String]? {
    drawn[Key(scalar: scalar, form: form)] ?? drawn[Key(scalar: scalar, form: .isolated)]
  }

  private struct Key: Hashable, Sendable {
    let scalar: Unicode.Scalar
    let form: PixelText.Form
  }

  private static let drawn: [Key: [String]] = {
    let blank = 12
    var all: [Key: [String]] = [:]
    for glyph in latin + digits + letters {
      let width = glyph.rows.map(\.count).max() ?? 0
      let empty = String(repeating: ".", count: width)
      let above = Array(repeating: empty, count: glyph.top)
      let below = Array(repeating: empty, count: blank - glyph.top - glyph.rows.count)
      all[Key(scalar: glyph.scalar, form: glyph.form)] = above + glyph.rows + below
    }
    return all
  }()

  private struct Glyph: Sendable {
    let scalar: Unicode.Scalar
    let form: PixelText.Form
    let top: Int
    let rows: [String]

    init(_ scalar: Unicode.Scalar, _ form: PixelText.Form, top: Int, _ rows: String) {
      self.scalar = scalar
      self.form = form
      self.top = top
      self.rows = rows.split(separator: "/").map(String.init)
    }
  }

  private static let latin: [Glyph] = [
    Glyph("%", .isolated, top: 1, "##..#/##..#/...#./..#../.#.../#..##/#..##"),
    Glyph(" ", .isolated, top: 7, "..."),
    Glyph("M", .isolated, top: 1, "#...#/##.##/#.#.#/#.#.#/#...#/#...#/#...#"),
    Glyph("T", .isolated, top: 1, "#####/..#../..#../..#../..#../..#../..#.."),
    Glyph("W", .isolated, top: 1, "#...#/#...#/#...#/#.#.#/#.#.#/##.##/#...#"),
    Glyph("F", .isolated, top: 1, "#####/#..../#..../####./#..../#..../#...."),
    Glyph("S", .isolated, top: 1, ".####/#..../#..../.###./....#/....#/####."),
    Glyph("A", .isolated, top: 1, ".###./#...#/#...#/#####/#...#/#...#/#...#"),
    Glyph("a", .isolated, top: 3, ".###./....#/.####/#...#/.####"),
    Glyph("c", .isolated, top: 3, ".####/#..../#..../#..../.####"),
    Glyph("e", .isolated, top: 3, ".###./#...#/#####/#..../.###."),
    Glyph("h", .isolated, top: 1, "#..../#..../####./#...#/#...#/#...#/#...#"),
    Glyph("i", .isolated, top: 1, "#/./#/#/#/#/#"),
    Glyph("m", .isolated, top: 3, "##.#./#.#.#/#.#.#/#.#.#/#.#.#"),
    Glyph("n", .isolated, top: 3, "####./#...#/#...#/#...#/#...#"),
    Glyph("o", .isolated, top: 3, ".###./#...#/#...#/#...#/.###."),
    Glyph("r", .isolated, top: 3, "#.##./##..#/#..../#..../#...."),
    Glyph("s", .isolated, top: 3, ".####/#..../.###./....#/####."),
    Glyph("t", .isolated, top: 1, ".#../.#../####/.#../.#../.#../..##"),
    Glyph("u", .isolated, top: 3, "#...#/#...#/#...#/#...#/.####"),
    Glyph("y", .isolated, top: 3, "#...#/#...#/#...#/.####/....#/#...#/.###."),
  ]

  private static let digits: [Glyph] = [
    Glyph("0", .isolated, top: 1, ".###./#...#/#..##/#.#.#/##..#/#...#/.###."),
    Glyph("1", .isolated, top: 1, "..#../.##../..#../..#../..#../..#../.###."),
    Glyph("2", .isolated, top: 1, ".###./#...#/....#/..##./.#.../#..../#####"),
    Glyph("3", .isolated, top: 1, ".###./#...#/....#/..##./....#/#...#/.###."),
    Glyph("4", .isolated, top: 1, "...#./..##./.#.#./#..#./#####/...#./...#."),
    Glyph("5", .isolated, top: 1, "#####/#..../####./....#/....#/#...#/.###."),
    Glyph("6", .isolated, top: 1, ".###./#..../#..../####./#...#/#...#/.###."),
    Glyph("7", .isolated, top: 1, "#####/....#/...#./..#../..#../.#.../.#..."),
    Glyph("8", .isolated, top: 1, ".###./#...#/#...#/.###./#...#/#...#/.###."),
    Glyph("9", .isolated, top: 1, ".###./#...#/#...#/.####/....#/....#/.###."),
    Glyph("۰", .isolated, top: 5, "..#../.#.#./..#.."),
    Glyph("۱", .isolated, top: 1, "#..../.#.../..#../..#../..#../..#../..#.."),
    Glyph("۲", .isolated, top: 1, "#...#/#...#/.###./..#../..#../..#../..#.."),
    Glyph("۳", .isolated, top: 1, "#.#.#/#.#.#/.###./..#../..#../..#../..#.."),
    Glyph("۴", .isolated, top: 1, "#..##/#.#../.####/..#../..#../..#../..#.."),
    Glyph("۵", .isolated, top: 1, "..#../.#.#./.#.#./#...#/#.#.#/#.#.#/.#.#."),
    Glyph("۶", .isolated, top: 1, "..##./.#.../..###/.#.../#..../#..../#...."),
    Glyph("۷", .isolated, top: 1, "#...#/#...#/#...#/.#.#./.#.#./..#../..#.."),
    Glyph("۸", .isolated, top: 1, "..#../..#../.#.#./.#.#./#...#/#...#/#...#"),
    Glyph("۹", .isolated, top: 1, ".###./#...#/#...#/.####/....#/....#/....#"),
    Glyph("٠", .isolated, top: 5, "..#../.#.#./..#.."),
    Glyph("١", .isolated, top: 1, "#..../.#.../..#../..#../..#../..#../..#.."),
    Glyph("٢", .isolated, top: 1, "#...#/#...#/.###./..#../..#../..#../..#.."),
    Glyph("٣", .isolated, top: 1, "#.#.#/#.#.#/.###./..#../..#../..#../..#.."),
    Glyph("٧", .isolated, top: 1, "#...#/#...#/#...#/.#.#./.#.#./..#../..#.."),
    Glyph("٨", .isolated, top: 1, "..#../..#../.#.#./.#.#./#...#/#...#/#...#"),
    Glyph("٩", .isolated, top: 1, ".###./#...#/#...#/.####/....#/....#/....#"),
    Glyph("٤", .isolated, top: 2, ".##../#..../.##../#..../#..../.###."),
    Glyph("٥", .isolated, top: 3, ".##../#..#./#...#/#...#/.###."),
    Glyph("٦", .isolated, top: 1, "#####/....#/....#/....#/....#/....#/....#"),
    Glyph("٪", .isolated, top: 1, "#...#/....#/...#./..#../.#.../#..../#...#"),
  ]

  private static let letters: [Glyph] = [
    Glyph("د", .isolated, top: 3, "..#../...#./....#/....#/####."),
    Glyph("ر", .isolated, top: 5, "...#/...#/...#/..#./##.."),
    Glyph("ق", .initial, top: 1, ".#.#./...../..##./.#..#/.#..#/..###/####."),
    Glyph("ق", .medial, top: 1, ".#.#../....../..#.../.#.#../.#..#./..##../######"),
    Glyph("ی", .medial, top: 5, "..#../..#../#####/...../.#.#."),
    Glyph("ي", .medial, top: 5, "..#../..#../#####/...../.#.#."),
    Glyph("ه", .final, top: 3, "..#../.##../#.#../#..#./.####"),
    Glyph("ة", .final, top: 1, ".#.#./...../..#../.##../#.#../#..#./.####"),
    Glyph("ت", .final, top: 2, "..#.#../......./......./#....../#....../.######"),
    Glyph("س", .isolated, top: 5, "......#.#.#/#.....#.#.#/#.....####./#....#...../.####......"),
    Glyph(
      "ش", .isolated, top: 1,
      "........#../.......#.#./.........../.........../......#.#.#/"
        + "#.....#.#.#/#.....####./#....#...../.####......"),
    Glyph("ی", .isolated, top: 4, "....##./...#..#/#...#../#....#./#.....#/.#####."),
    Glyph(
      "ح", .isolated, top: 4,
      ".######/...##../..#..../.#...../.#...../.#...../..#...#/"
        + "...###."),
    Glyph(
      "خ", .isolated, top: 2,
      "...#.../......./.######/...##../..#..../.#...../.#...../"
        + ".#...../..#...#/...###."),
    Glyph(
      "ج", .isolated, top: 4,
      ".######/...##../..#..../.#...../.#..#../.#...../..#...#/"
        + "...###."),
    Glyph(
      "چ", .isolated, top: 4,
      ".######/...##../..#..../.#.#.#./.#...../.#..#../..#...#/"
        + "...###."),
    Glyph("پ", .isolated, top: 5, "#.......#/#.......#/.#######./........./...#.#.../....#...."),
    Glyph("ث", .isolated, top: 2, "....#..../...#.#.../........./#.......#/#.......#/.#######."),
    Glyph("ن", .isolated, top: 4, "...#.../......./#.....#/#.....#/#.....#/.#####."),
  ]
}
