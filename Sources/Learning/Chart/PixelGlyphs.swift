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
    Glyph("%", .isolated, top: 1, "XX..X/XX..X/...X./..X../.X.../X..XX/X..XX"),
    Glyph(" ", .isolated, top: 7, "..."),
    Glyph("M", .isolated, top: 1, "X...X/XX.XX/X.X.X/X.X.X/X...X/X...X/X...X"),
    Glyph("T", .isolated, top: 1, "XXXXX/..X../..X../..X../..X../..X../..X.."),
    Glyph("W", .isolated, top: 1, "X...X/X...X/X...X/X.X.X/X.X.X/XX.XX/X...X"),
    Glyph("F", .isolated, top: 1, "XXXXX/X..../X..../XXXX./X..../X..../X...."),
    Glyph("S", .isolated, top: 1, ".XXXX/X..../X..../.XXX./....X/....X/XXXX."),
    Glyph("A", .isolated, top: 1, ".XXX./X...X/X...X/XXXXX/X...X/X...X/X...X"),
    Glyph("a", .isolated, top: 3, ".XXX./....X/.XXXX/X...X/.XXXX"),
    Glyph("c", .isolated, top: 3, ".XXXX/X..../X..../X..../.XXXX"),
    Glyph("e", .isolated, top: 3, ".XXX./X...X/XXXXX/X..../.XXX."),
    Glyph("h", .isolated, top: 1, "X..../X..../XXXX./X...X/X...X/X...X/X...X"),
    Glyph("i", .isolated, top: 1, "X/./X/X/X/X/X"),
    Glyph("m", .isolated, top: 3, "XX.X./X.X.X/X.X.X/X.X.X/X.X.X"),
    Glyph("n", .isolated, top: 3, "XXXX./X...X/X...X/X...X/X...X"),
    Glyph("o", .isolated, top: 3, ".XXX./X...X/X...X/X...X/.XXX."),
    Glyph("r", .isolated, top: 3, "X.XX./XX..X/X..../X..../X...."),
    Glyph("s", .isolated, top: 3, ".XXXX/X..../.XXX./....X/XXXX."),
    Glyph("t", .isolated, top: 1, ".X../.X../XXXX/.X../.X../.X../..XX"),
    Glyph("u", .isolated, top: 3, "X...X/X...X/X...X/X...X/.XXXX"),
    Glyph("y", .isolated, top: 3, "X...X/X...X/X...X/.XXXX/....X/X...X/.XXX."),
  ]

  private static let digits: [Glyph] = [
    Glyph("0", .isolated, top: 1, ".XXX./X...X/X..XX/X.X.X/XX..X/X...X/.XXX."),
    Glyph("1", .isolated, top: 1, "..X../.XX../..X../..X../..X../..X../.XXX."),
    Glyph("2", .isolated, top: 1, ".XXX./X...X/....X/..XX./.X.../X..../XXXXX"),
    Glyph("3", .isolated, top: 1, ".XXX./X...X/....X/..XX./....X/X...X/.XXX."),
    Glyph("4", .isolated, top: 1, "...X./..XX./.X.X./X..X./XXXXX/...X./...X."),
    Glyph("5", .isolated, top: 1, "XXXXX/X..../XXXX./....X/....X/X...X/.XXX."),
    Glyph("6", .isolated, top: 1, ".XXX./X..../X..../XXXX./X...X/X...X/.XXX."),
    Glyph("7", .isolated, top: 1, "XXXXX/....X/...X./..X../..X../.X.../.X..."),
    Glyph("8", .isolated, top: 1, ".XXX./X...X/X...X/.XXX./X...X/X...X/.XXX."),
    Glyph("9", .isolated, top: 1, ".XXX./X...X/X...X/.XXXX/....X/....X/.XXX."),
    Glyph("۰", .isolated, top: 5, "..X../.X.X./..X.."),
    Glyph("۱", .isolated, top: 1, "X..../.X.../..X../..X../..X../..X../..X.."),
    Glyph("۲", .isolated, top: 1, "X...X/X...X/.XXX./..X../..X../..X../..X.."),
    Glyph("۳", .isolated, top: 1, "X.X.X/X.X.X/.XXX./..X../..X../..X../..X.."),
    Glyph("۴", .isolated, top: 1, "X..XX/X.X../.XXXX/..X../..X../..X../..X.."),
    Glyph("۵", .isolated, top: 1, "..X../.X.X./.X.X./X...X/X.X.X/X.X.X/.X.X."),
    Glyph("۶", .isolated, top: 1, "..XX./.X.../..XXX/.X.../X..../X..../X...."),
    Glyph("۷", .isolated, top: 1, "X...X/X...X/X...X/.X.X./.X.X./..X../..X.."),
    Glyph("۸", .isolated, top: 1, "..X../..X../.X.X./.X.X./X...X/X...X/X...X"),
    Glyph("۹", .isolated, top: 1, ".XXX./X...X/X...X/.XXXX/....X/....X/....X"),
    Glyph("٠", .isolated, top: 5, "..X../.X.X./..X.."),
    Glyph("١", .isolated, top: 1, "X..../.X.../..X../..X../..X../..X../..X.."),
    Glyph("٢", .isolated, top: 1, "X...X/X...X/.XXX./..X../..X../..X../..X.."),
    Glyph("٣", .isolated, top: 1, "X.X.X/X.X.X/.XXX./..X../..X../..X../..X.."),
    Glyph("٧", .isolated, top: 1, "X...X/X...X/X...X/.X.X./.X.X./..X../..X.."),
    Glyph("٨", .isolated, top: 1, "..X../..X../.X.X./.X.X./X...X/X...X/X...X"),
    Glyph("٩", .isolated, top: 1, ".XXX./X...X/X...X/.XXXX/....X/....X/....X"),
    Glyph("٤", .isolated, top: 2, ".XX../X..../.XX../X..../X..../.XXX."),
    Glyph("٥", .isolated, top: 3, ".XX../X..X./X...X/X...X/.XXX."),
    Glyph("٦", .isolated, top: 1, "XXXXX/....X/....X/....X/....X/....X/....X"),
    Glyph("٪", .isolated, top: 1, "X...X/....X/...X./..X../.X.../X..../X...X"),
  ]

  private static let letters: [Glyph] = [
    Glyph("د", .isolated, top: 3, "..X../...X./....X/....X/XXXX."),
    Glyph("ر", .isolated, top: 5, "...X/...X/...X/..X./XX.."),
    Glyph("ق", .initial, top: 1, ".X.X./...../..XX./.X..X/.X..X/..XXX/XXXX."),
    Glyph("ق", .medial, top: 1, ".X.X../....../..X.../.X.X../.X..X./..XX../XXXXXX"),
    Glyph("ی", .medial, top: 5, "..X../..X../XXXXX/...../.X.X."),
    Glyph("ي", .medial, top: 5, "..X../..X../XXXXX/...../.X.X."),
    Glyph("ه", .final, top: 3, "..X../.XX../X.X../X..X./.XXXX"),
    Glyph("ة", .final, top: 1, ".X.X./...../..X../.XX../X.X../X..X./.XXXX"),
    Glyph("ت", .final, top: 2, "..X.X../......./......./X....../X....../.XXXXXX"),
    Glyph("س", .isolated, top: 5, "......X.X.X/X.....X.X.X/X.....XXXX./X....X...../.XXXX......"),
    Glyph(
      "ش", .isolated, top: 1,
      "........X../.......X.X./.........../.........../......X.X.X/"
        + "X.....X.X.X/X.....XXXX./X....X...../.XXXX......"),
    Glyph("ی", .isolated, top: 4, "....XX./...X..X/X...X../X....X./X.....X/.XXXXX."),
    Glyph(
      "ح", .isolated, top: 4,
      ".XXXXXX/...XX../..X..../.X...../.X...../.X...../..X...X/"
        + "...XXX."),
    Glyph(
      "خ", .isolated, top: 2,
      "...X.../......./.XXXXXX/...XX../..X..../.X...../.X...../"
        + ".X...../..X...X/...XXX."),
    Glyph(
      "ج", .isolated, top: 4,
      ".XXXXXX/...XX../..X..../.X...../.X..X../.X...../..X...X/"
        + "...XXX."),
    Glyph(
      "چ", .isolated, top: 4,
      ".XXXXXX/...XX../..X..../.X.X.X./.X...../.X..X../..X...X/"
        + "...XXX."),
    Glyph("پ", .isolated, top: 5, "X.......X/X.......X/.XXXXXXX./........./...X.X.../....X...."),
    Glyph("ث", .isolated, top: 2, "....X..../...X.X.../........./X.......X/X.......X/.XXXXXXX."),
    Glyph("ن", .isolated, top: 4, "...X.../......./X.....X/X.....X/X.....X/.XXXXX."),
  ]
}
