/// A small picture of few colours to draw bars and words on.
struct Canvas: Sendable {
  /// The most a picture may have, so that a turn stays quick.
  static let sideMax = 1_024

  struct Colour: Sendable, Equatable {
    let red: UInt8
    let green: UInt8
    let blue: UInt8
  }

  struct Box: Sendable, Equatable {
    var left: Int
    var top: Int
    var width: Int
    var height: Int
  }

  let width: Int
  let height: Int
  /// At most 16; a pixel is a place in it.
  let palette: [Colour]
  private(set) var pixels: [UInt8]

  init(width: Int, height: Int, palette: [Colour]) {
    self.width = min(width, Self.sideMax)
    self.height = min(height, Self.sideMax)
    self.palette = Array(palette.prefix(16))
    pixels = Array(repeating: 0, count: self.width * self.height)
  }

  /// What lies outside the picture is left out.
  mutating func fill(_ box: Box, _ colour: UInt8) {
    let columns = max(0, box.left)..<max(0, min(width, box.left + box.width))
    guard columns.lowerBound < columns.upperBound else { return }
    for row in max(0, box.top)..<max(max(0, box.top), min(height, box.top + box.height)) {
      let start = row * width
      for column in columns { pixels[start + column] = colour }
    }
  }

  /// A line of short strokes.
  mutating func dash(from left: Int, to right: Int, row: Int, _ colour: UInt8) {
    for start in stride(from: left, to: right, by: 8) {
      fill(Box(left: start, top: row, width: min(4, right - start), height: 1), colour)
    }
  }

  /// Writes a line of text, its shapes enlarged `scale` times, its top left corner given.
  mutating func write(
    _ line: PixelText.Line, left: Int, top: Int, scale: Int, _ colour: UInt8
  ) {
    for (column, row) in line.dots {
      let box = Box(
        left: left + column * scale, top: top + row * scale, width: scale, height: scale)
      fill(box, colour)
    }
  }
}
