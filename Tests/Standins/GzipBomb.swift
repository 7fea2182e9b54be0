/// Gzip that unfolds into far more than it is: a run of equal bytes.
package enum GzipBomb {
  /// The longest repetition that DEFLATE knows.
  private static let runLength = 258

  private struct Bits {
    var bytes: [UInt8] = []
    private var count = 0

    mutating func append(_ bit: UInt8) {
      if count % 8 == 0 { bytes.append(0) }
      bytes[count / 8] |= bit << (count % 8)
      count += 1
    }

    mutating func append(_ bits: String) {
      for bit in bits { append(bit == "1" ? 1 : 0) }
    }
  }

  /// At least so many zeros, about a 160th of that long; the checksum at the end is missing.
  package static func bytes(unfoldingTo byteCount: Int) -> [UInt8] {
    var bits = Bits()
    // The last block, in the fixed code; then one zero byte (RFC 1951, 3.2.6).
    bits.append("110")
    bits.append("00110000")
    for _ in 0...(byteCount / runLength) {
      // Length 258 (symbol 285) from distance 1 (symbol 0).
      bits.append("11000101")
      bits.append("00000")
    }
    bits.append("0000000")
    let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    return head + bits.bytes
  }
}
