@testable import Learning

import Conversation
import Testing

/// The picture, read back by an unpacking of our own, so that it is proved to be a PNG and to show
/// what it should.
struct WeekChartTests {
  private func days(_ minutes: [Int], _ percents: [Int]) -> [PracticeLog.Day] {
    zip(minutes, percents).enumerated().map { index, pair in
      PracticeLog.Day(
        day: 20_000 + index, activeMs: Int64(pair.0) * 60_000, answers: pair.0 > 0 ? 1 : 0,
        percents: pair.1)
    }
  }

  private func chart(_ language: LanguageCode) -> WeekChart {
    WeekChart(
      days: days([3, 0, 12, 7, 0, 15, 9], [60, 0, 75, 90, 0, 100, 82]), goalMinutes: 10,
      language: language)
  }

  @Test(arguments: [LanguageCode.english, .persian, .arabic])
  func `the picture is a sound and small PNG`(_ language: LanguageCode) throws {
    let bytes = chart(language).bytes()
    let picture = try PNGPicture(bytes)
    #expect(picture.width == WeekChart.width)
    #expect(picture.height == WeekChart.height)
    #expect(bytes.count < 16_000)
  }

  @Test func `Persian days run from right to left`() throws {
    let english = try PNGPicture(chart(.english).bytes())
    let persian = try PNGPicture(chart(.persian).bytes())
    let blue: UInt8 = 3
    // The tallest bar of minutes is the sixth day of seven.
    let tallest = try #require(english.columns(of: blue, inRow: 90))
    let mirrored = try #require(persian.columns(of: blue, inRow: 90))
    #expect(tallest.lowerBound > WeekChart.width / 2)
    #expect(mirrored.upperBound < WeekChart.width / 2)
  }

  @Test func `a week without practice has no bars and still is a picture`() throws {
    let empty = WeekChart(
      days: days(Array(repeating: 0, count: 7), Array(repeating: 0, count: 7)), goalMinutes: 10,
      language: .persian)
    let picture = try PNGPicture(empty.bytes())
    #expect(!picture.pixels.contains(3))
    #expect(!picture.pixels.contains(4))
  }

  @Test func `more than a day has minutes does not leave the picture`() throws {
    let wild = WeekChart(
      days: days([5_000, 1, 1, 1, 1, 1, -3], [100, 400, 0, 0, 0, 0, 0]), goalMinutes: 10,
      language: .english)
    #expect(try PNGPicture(wild.bytes()).height == WeekChart.height)
  }

  @Test func `letters are joined as they are written`() {
    let joined = PixelText.line("دقیقه", isRightToLeft: true)
    let apart = PixelText.line("د", isRightToLeft: true)
    // From the right: a lone د, then one stroke through all the others.
    let stroke = Set(joined.dots.filter { $0.row == PixelText.baseline }.map(\.column))
    let joinedWidth = joined.width - apart.width
    let gaps = (1..<joinedWidth).filter { !stroke.contains($0) }
    #expect(gaps.count <= 2, "\(gaps)")
    #expect(joined.dots.map(\.column).max() == joined.width - 1)
  }

  @Test func `digits keep their order in a line from the right`() {
    let left = PixelText.line("۱۲", isRightToLeft: false)
    let right = PixelText.line("۱۲", isRightToLeft: true)
    #expect(left.dots.map(\.row).sorted() == right.dots.map(\.row).sorted())
    #expect((left.dots.map(\.column).min() ?? 0) <= 1)
    let one = PixelText.line("۱", isRightToLeft: true)
    #expect(right.dots.count { $0.column < one.width } == one.dots.count)
  }

  @Test func `what has no shape is left out`() {
    #expect(PixelText.line("§", isRightToLeft: false) == PixelText.Line())
    #expect(PixelText.line("", isRightToLeft: true) == PixelText.Line())
  }

  @Test(
    arguments: [
      [], [1], [7, 7, 7, 7, 7, 7, 7, 7], Array(repeating: 200, count: 1_000), Array(0...255),
    ] as [[UInt8]])
  func `what is packed is unpacked again`(_ data: [UInt8]) throws {
    var packing = FixedDeflate(rowBytes: 16)
    #expect(try Inflate(packing.pack(data)).all(max: 10_000) == data)
  }

  @Test func `checksums are the known ones`() {
    #expect(PNGWriter.crc(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(PNGWriter.adler(Array("Wikipedia".utf8)) == 0x11E6_0398)
  }
}

/// As much of PNG as is written here.
struct PNGPicture {
  enum Fault: Error { case notPNG, badChecksum, badData }

  let width: Int
  let height: Int
  let pixels: [UInt8]

  init(_ bytes: [UInt8]) throws {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw Fault.notPNG
    }
    var chunks: [String: [UInt8]] = [:]
    var place = 8
    while place + 12 <= bytes.count {
      let length = Self.number(bytes, place)
      let body = Array(bytes[(place + 4)..<(place + 8 + length)])
      guard Int(PNGWriter.crc(body)) == Self.number(bytes, place + 8 + length) else {
        throw Fault.badChecksum
      }
      chunks[String(decoding: body.prefix(4), as: UTF8.self), default: []] += body.dropFirst(4)
      place += 12 + length
    }
    guard let header = chunks["IHDR"], let data = chunks["IDAT"], chunks["IEND"] != nil else {
      throw Fault.badData
    }
    width = Self.number(header, 0)
    height = Self.number(header, 4)
    let raw = try Inflate(Array(data.dropFirst(2).dropLast(4))).all(max: 1 << 20)
    guard Int(PNGWriter.adler(raw)) == Self.number(data, data.count - 4) else {
      throw Fault.badChecksum
    }
    let rowBytes = (width + 1) / 2 + 1
    guard raw.count == rowBytes * height else { throw Fault.badData }
    var pixels: [UInt8] = []
    for row in 0..<height {
      for column in 0..<width {
        let byte = raw[row * rowBytes + 1 + column / 2]
        pixels.append(column.isMultiple(of: 2) ? byte >> 4 : byte & 15)
      }
    }
    self.pixels = pixels
  }

  /// From the first to the last pixel of a colour in a row.
  func columns(of colour: UInt8, inRow row: Int) -> ClosedRange<Int>? {
    let found = (0..<width).filter { pixels[row * width + $0] == colour }
    guard let first = found.first, let last = found.last else { return nil }
    return first...last
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
  }
}

/// Unpacks deflate with fixed codes, written from RFC 1951 apart from what packs.
struct Inflate {
  private let data: [UInt8]
  private var bit = 0

  init(_ data: [UInt8]) { self.data = data }

  func all(max: Int) throws -> [UInt8] {
    var reader = self
    var out: [UInt8] = []
    guard reader.bits(1) == 1, reader.bits(2) == 1 else { throw PNGPicture.Fault.badData }
    while out.count <= max {
      let symbol = reader.symbol()
      if symbol == 256 { return out }
      if symbol < 256 {
        out.append(UInt8(symbol))
        continue
      }
      let length = reader.length(symbol)
      let distance = reader.distance()
      guard distance <= out.count else { throw PNGPicture.Fault.badData }
      for _ in 0..<length { out.append(out[out.count - distance]) }
    }
    throw PNGPicture.Fault.badData
  }

  private mutating func bits(_ count: Int) -> Int {
    var value = 0
    for place in 0..<count {
      let byte = bit / 8 < data.count ? data[bit / 8] : 0
      value |= Int(byte >> UInt8(bit % 8) & 1) << place
      bit += 1
    }
    return value
  }

  private mutating func code(_ count: Int, from start: Int = 0) -> Int {
    (0..<count).reduce(start) { value, _ in value << 1 | bits(1) }
  }

  private mutating func symbol() -> Int {
    let seven = code(7)
    if seven <= 0b0010111 { return 256 + seven }
    let eight = code(1, from: seven)
    if (0b00110000...0b10111111).contains(eight) { return eight - 0b00110000 }
    if (0b11000000...0b11000111).contains(eight) { return 280 + eight - 0b11000000 }
    return 144 + code(1, from: eight) - 0b110010000
  }

  private mutating func length(_ symbol: Int) -> Int {
    if symbol == 285 { return 258 }
    if symbol < 265 { return symbol - 254 }
    let extra = (symbol - 261) / 4
    return ((symbol - 265) % 4 + 4) << extra + 3 + bits(extra)
  }

  private mutating func distance() -> Int {
    let symbol = code(5)
    if symbol < 4 { return symbol + 1 }
    let extra = symbol / 2 - 1
    return (symbol % 2 + 2) << extra + 1 + bits(extra)
  }
}
