import Foundation
import Glibc
import Media
import Speech

/// espeak-ng as a program of its own: it knows Persian and most other languages, its licence does
/// not reach into this program, and what it does to memory stays with it.
struct Espeak {
  /// Debian's place.
  static let usualPath = "/usr/bin/espeak-ng"
  private static let deadlineMs = 10_000
  private static let bytesMax = 40 << 20
  private static let rates = 80...300
  private static let chunkBytes = 65_536

  let path: String

  /// - Parameter voice: as espeak-ng calls it: `fa`, `en-us`.
  func speak(
    _ text: String, voice: String, wordsPerMinute: Int
  ) throws(SpeechFault) -> PCMAudio {
    guard voice.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }),
      !voice.isEmpty, !voice.hasPrefix("-"), voice.count <= 20
    else { throw .textNotSpeakable }
    let rate = min(max(wordsPerMinute, Self.rates.lowerBound), Self.rates.upperBound)
    let file = try run(
      ["-b", "1", "-v", voice, "-s", String(rate), "--stdin", "--stdout"], giving: Array(text.utf8))
    guard !file.isEmpty else { throw .textNotSpeakable }
    do {
      return try AudioDecoder.decode(file).audio
    } catch {
      throw .textNotSpeakable
    }
  }

  /// Gives the program its text and takes its sound; ends it when it takes too long or says too
  /// much.
  private func run(_ arguments: [String], giving input: [UInt8]) throws(SpeechFault) -> [UInt8] {
    guard let child = ChildProgram(path: path, arguments: arguments) else { throw .unavailable }
    let deadline = ContinuousClock.now + .milliseconds(Self.deadlineMs)
    var output: [UInt8] = []
    var rest = input[...]
    while true {
      let left = deadline - .now
      guard left > .zero else { throw .tookTooLong }
      let ready = child.wait(forMs: Int(left / .milliseconds(1)) + 1, toWrite: !rest.isEmpty)
      if ready.canWrite, !child.write(&rest) || rest.isEmpty { child.closeInput() }
      guard ready.canRead else { continue }
      let count = child.read(into: &output, atMost: Self.chunkBytes)
      if count <= 0 { break }
      guard output.count <= Self.bytesMax else { throw .worker }
    }
    guard child.finish(before: deadline) else { throw .worker }
    return output
  }
}
