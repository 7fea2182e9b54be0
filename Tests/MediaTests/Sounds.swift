import Media

/// Sounds and files that no encoder makes.
enum Sounds {
  static func likeness(of one: PCMAudio, to other: PCMAudio) -> Double {
    // Coders delay and shift phases; the loudness over time stays.
    let (a, b) = (envelope(one), envelope(other))
    let count = min(a.count, b.count)
    guard count > 1 else { return 0 }
    let meanA = a.prefix(count).reduce(0, +) / Double(count)
    let meanB = b.prefix(count).reduce(0, +) / Double(count)
    var (product, squareA, squareB) = (0.0, 0.0, 0.0)
    for (x, y) in zip(a, b) {
      product += (x - meanA) * (y - meanB)
      squareA += (x - meanA) * (x - meanA)
      squareB += (y - meanB) * (y - meanB)
    }
    return product / (squareA * squareB).squareRoot()
  }

  private static func envelope(_ audio: PCMAudio) -> [Double] {
    let window = audio.sampleRate / 50
    return stride(from: 0, to: audio.samples.count, by: window).map { start in
      audio.samples[start..<min(start + window, audio.samples.count)]
        .reduce(0) { $0 + Double($1.magnitude) } / Double(window)
    }
  }

  static func wav(
    channels: Int, rate: Int, samples: [Int16], dataBytes: Int? = nil
  ) -> [UInt8] {
    let data = samples.flatMap {
      [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)]
    }
    return little("RIFF", 36 + (dataBytes ?? data.count)) + Array("WAVE".utf8)
      + little("fmt ", 16) + [1, 0, UInt8(channels & 0xFF), UInt8(channels >> 8 & 0xFF)]
      + little("", rate) + little("", rate &* channels &* 2)
      + [UInt8(channels * 2 & 0xFF), UInt8(channels * 2 >> 8 & 0xFF), 16, 0]
      + little("data", dataBytes ?? data.count) + data
  }

  private static func little(_ name: String, _ number: Int) -> [UInt8] {
    Array(name.utf8) + (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
  }

  static func noise(
    lengthMs: Int, amplitude: Int, seed: UInt64, rate: Int = 16_000
  ) -> [Int] {
    var chance = SeededGenerator(seed: seed)
    // The sum of three is near enough to a bell.
    return (0..<lengthMs * rate / 1_000).map { _ in
      (0..<3).reduce(0) { sum, _ in sum + Int.random(in: -amplitude...amplitude, using: &chance) }
    }
  }

  /// One page of an Ogg stream with a right checksum.
  static func oggPage(serial: UInt32, number: UInt32, flags: UInt8, body: [UInt8]) -> [UInt8] {
    var page = Array("OggS".utf8) + [0, flags] + Array(repeating: 0, count: 8)
    page += little("", Int(serial)) + little("", Int(number)) + [0, 0, 0, 0]
    page += [1, UInt8(min(body.count, 254))] + body.prefix(254)
    var sum: UInt32 = 0
    for byte in page {
      sum ^= UInt32(byte) << 24
      for _ in 0..<8 { sum = sum & 0x8000_0000 != 0 ? sum << 1 ^ 0x04C1_1DB7 : sum << 1 }
    }
    page.replaceSubrange(22..<26, with: little("", Int(sum)))
    return page
  }

  static func box(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let size = content.count + 8
    return (0..<4).map { UInt8(truncatingIfNeeded: size >> (24 - $0 * 8)) } + Array(name.utf8)
      + content
  }
}
