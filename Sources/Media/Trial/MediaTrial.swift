import Glibc

/// Damages files by chance and reads them, to see that nothing crashes and nothing takes long.
package struct MediaTrial: Sendable {
  package struct Report: Sendable, Equatable {
    package var mutants = 0
    package var decoded = 0
    package var refused: [MediaFault: Int] = [:]
    package var slowestMs = 0.0
    /// What the slowest was made of, and by which mutation it can be made again.
    package var slowest = ""
    /// The longest by the processor's time, which other programs do not lengthen.
    package var slowestProcessorMs = 0.0
  }

  /// By POSIX, whatever the machine.
  private static let clockTicksPerSecond = 1_000_000.0
  private static let changesMax = 24
  private static let sliceBytesMax = 4_096
  private static let dictionary: [[UInt8]] = [
    Array("OggS".utf8), Array("moov".utf8), Array("stsz".utf8), Array("RIFF".utf8),
    Array("fLaC".utf8), Array("ID3".utf8), Array("#!AMR\n".utf8), Array("OpusHead".utf8),
    [0xFF, 0xFF, 0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0x1A, 0x45, 0xDF, 0xA3],
    [0xFF, 0xF1], [0xFF, 0xFB], [0x80, 0, 0, 0],
  ]

  private let files: [SampleFiles.File]
  private var chance: SeededGenerator

  package init(files: [SampleFiles.File] = SampleFiles.all(), seed: UInt64) {
    self.files = files
    chance = SeededGenerator(seed: seed)
  }

  /// Reads so many mutants, of all files in turn. Blocks.
  package mutating func run(mutants: Int) -> Report {
    var report = Report()
    guard !files.isEmpty else { return report }
    for number in 0..<mutants {
      let file = files[number % files.count]
      let mutant = mutant(of: file.bytes)
      let begun = ContinuousClock.now
      let processorBegun = clock()
      do throws(MediaFault) {
        _ = try AudioDecoder.decode(mutant)
        report.decoded += 1
      } catch {
        report.refused[error, default: 0] += 1
      }
      let tookMs = (ContinuousClock.now - begun) / .milliseconds(1)
      let processorMs = Double(clock() - processorBegun) * 1_000 / Self.clockTicksPerSecond
      report.slowestProcessorMs = max(report.slowestProcessorMs, processorMs)
      report.mutants += 1
      if tookMs > report.slowestMs {
        report.slowestMs = tookMs
        report.slowest = "\(file.name), mutant \(number)"
      }
    }
    return report
  }

  /// The file with some of it changed, moved, doubled, left out or cut off.
  package mutating func mutant(of bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...Self.changesMax, using: &chance) where !bytes.isEmpty {
      let place = place(in: bytes)
      switch Int.random(in: 0..<8, using: &chance) {
      case 0, 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
      case 2: bytes[place] = UInt8.random(in: 0...255, using: &chance)
      case 3: overwrite(&bytes, at: place, with: word())
      case 4: bytes.insert(contentsOf: slice(of: bytes), at: place)
      case 5: bytes.removeSubrange(place..<min(place + length(), bytes.count))
      case 6: overwrite(&bytes, at: place, with: slice(of: bytes))
      case _:
        if Int.random(in: 0..<4, using: &chance) == 0 { bytes.removeSubrange(place...) }
      }
    }
    return bytes
  }

  /// Half of them near the beginning, where files say what they are.
  private mutating func place(in bytes: [UInt8]) -> Int {
    let end = Bool.random(using: &chance) ? min(bytes.count, 256) : bytes.count
    return Int.random(in: 0..<end, using: &chance)
  }

  private mutating func length() -> Int { Int.random(in: 1...Self.sliceBytesMax, using: &chance) }

  private mutating func slice(of bytes: [UInt8]) -> [UInt8] {
    let start = place(in: bytes)
    return Array(bytes[start..<min(start + length(), bytes.count)])
  }

  private mutating func word() -> [UInt8] {
    Self.dictionary[Int.random(in: 0..<Self.dictionary.count, using: &chance)]
  }

  private func overwrite(_ bytes: inout [UInt8], at place: Int, with part: [UInt8]) {
    let end = min(place + part.count, bytes.count)
    bytes.replaceSubrange(place..<end, with: part.prefix(end - place))
  }
}
