/// Cuts a body into lines, however the network has cut it into pieces.
struct LineReader {
  struct TooLong: Error {}

  private let lengthMax: Int
  private var line: [UInt8] = []
  private var lastWasReturn = false
  private var isFirst = true

  init(lengthMax: Int) { self.lengthMax = lengthMax }

  /// The lines that have become whole; each ended by LF, CR or both.
  mutating func feed(_ piece: [UInt8]) throws(TooLong) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for byte in piece {
      defer { lastWasReturn = byte == 0x0D }
      if byte == 0x0A, lastWasReturn { continue }
      if byte == 0x0A || byte == 0x0D {
        lines.append(take())
      } else {
        guard line.count < lengthMax else { throw TooLong() }
        line.append(byte)
      }
    }
    return lines
  }

  /// What is left when the body ends without a line's end; nil when nothing is.
  mutating func end() -> [UInt8]? { line.isEmpty ? nil : take() }

  private mutating func take() -> [UInt8] {
    defer { line.removeAll(keepingCapacity: true) }
    defer { isFirst = false }
    // A mark of the byte order, which some put first.
    return isFirst && line.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(line.dropFirst(3)) : line
  }
}
