/// Writes a picture as PNG (ISO/IEC 15948) with a palette of 16 colours, packed by deflate
/// (RFC 1951) with its fixed codes: runs of equal bytes, and rows like the row above, become short.
/// That is all that pictures of bars need.
enum PNGWriter {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func bytes(of canvas: Canvas) -> [UInt8] {
    let rowBytes = (canvas.width + 1) / 2
    var raw: [UInt8] = []
    raw.reserveCapacity((rowBytes + 1) * canvas.height)
    for row in 0..<canvas.height {
      // No filter.
      raw.append(0)
      for pair in 0..<rowBytes {
        let left = row * canvas.width + 2 * pair
        let isLast = 2 * pair + 1 >= canvas.width
        raw.append(canvas.pixels[left] << 4 | (isLast ? 0 : canvas.pixels[left + 1]))
      }
    }
    let header = number(canvas.width) + number(canvas.height) + [4, 3, 0, 0, 0]
    let palette = canvas.palette.flatMap { [$0.red, $0.green, $0.blue] }
    var deflate = FixedDeflate(rowBytes: rowBytes + 1)
    let packed = [0x78, 0x01] + deflate.pack(raw) + number(Int(adler(raw)))
    return signature + chunk("IHDR", header) + chunk("PLTE", palette) + chunk("IDAT", packed)
      + chunk("IEND", [])
  }

  private static func chunk(_ type: StaticString, _ data: [UInt8]) -> [UInt8] {
    let body = type.withUTF8Buffer(Array.init) + data
    return number(data.count) + body + number(Int(crc(body)))
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static let crcTable: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }

  static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  static func adler(_ bytes: [UInt8]) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in bytes {
      low += UInt32(byte)
      if low >= 65_521 { low -= 65_521 }
      high += low
      if high >= 65_521 { high -= 65_521 }
    }
    return high << 16 | low
  }
}

/// Deflate with the fixed codes of RFC 1951 §3.2.6, looking for repeats at two distances only: the
/// byte before, and the row above.
struct FixedDeflate {
  private static let lengthMax = 258
  private static let lengthMin = 3
  /// Bases and extra bits of the codes 257… for lengths and 0… for distances.
  private static let lengths: [(base: Int, bits: Int)] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1), (15, 1),
    (17, 1), (19, 2), (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3), (67, 4),
    (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
  ]
  private static let distances: [(base: Int, bits: Int)] = [
    (1, 0), (2, 0), (3, 0), (4, 0), (5, 1), (7, 1), (9, 2), (13, 2), (17, 3), (25, 3), (33, 4),
    (49, 4), (65, 5), (97, 5), (129, 6), (193, 6), (257, 7), (385, 7), (513, 8), (769, 8),
    (1_025, 9), (1_537, 9),
  ]

  let rowBytes: Int
  private var bytes: [UInt8] = []
  private var pending: UInt32 = 0
  private var pendingBits = 0

  init(rowBytes: Int) { self.rowBytes = rowBytes }

  mutating func pack(_ data: [UInt8]) -> [UInt8] {
    // The last block, with fixed codes.
    put(1, bits: 1)
    put(1, bits: 2)
    var place = 0
    while place < data.count {
      let before = run(data, at: place, distance: 1)
      let above = run(data, at: place, distance: rowBytes)
      let best = max(before, above)
      if best >= Self.lengthMin {
        putRepeat(best, distance: above >= before ? rowBytes : 1)
        place += best
      } else {
        putSymbol(Int(data[place]))
        place += 1
      }
    }
    putSymbol(256)
    if pendingBits > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
    return bytes
  }

  private func run(_ data: [UInt8], at place: Int, distance: Int) -> Int {
    guard place >= distance else { return 0 }
    let most = min(Self.lengthMax, data.count - place)
    var length = 0
    while length < most, data[place + length] == data[place + length - distance] { length += 1 }
    return length
  }

  private mutating func putRepeat(_ length: Int, distance: Int) {
    let code = Self.lengths.lastIndex { $0.base <= length } ?? 0
    putSymbol(257 + code)
    put(UInt32(length - Self.lengths[code].base), bits: Self.lengths[code].bits)
    let far = Self.distances.lastIndex { $0.base <= distance } ?? 0
    putReversed(UInt32(far), bits: 5)
    put(UInt32(distance - Self.distances[far].base), bits: Self.distances[far].bits)
  }

  private mutating func putSymbol(_ symbol: Int) {
    let value = UInt32(symbol)
    switch symbol {
    case ..<144: putReversed(0x30 + value, bits: 8)
    case ..<256: putReversed(0x190 + value - 144, bits: 9)
    case ..<280: putReversed(value - 256, bits: 7)
    case _: putReversed(0xC0 + value - 280, bits: 8)
    }
  }

  /// Codes are written from their highest bit.
  private mutating func putReversed(_ code: UInt32, bits: Int) {
    var reversed: UInt32 = 0
    for bit in 0..<bits where code >> UInt32(bit) & 1 == 1 {
      reversed |= 1 << UInt32(bits - 1 - bit)
    }
    put(reversed, bits: bits)
  }

  private mutating func put(_ value: UInt32, bits: Int) {
    pending |= value << UInt32(pendingBits)
    pendingBits += bits
    while pendingBits >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingBits -= 8
    }
  }
}
