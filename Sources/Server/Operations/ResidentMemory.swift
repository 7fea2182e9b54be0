import Foundation
import Glibc

/// Hands back to the system the code that was needed to start, or for something rare, and has
/// lain about since.
///
/// Half of what an idle process holds is code it ran once: settings, migrations, the reading of
/// lessons. Such pages are copies of the program's own files. Dropped, they come back by
/// themselves when they are wanted, mostly without a disk's help.
package enum ResidentMemory {
  private static let listBytesMax = 4_000_000

  /// - Throws: when the list of what is mapped cannot be read, which loses nothing.
  package static func release() throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/smaps"))
    defer { file.closeFile() }
    let list = String(decoding: try file.read(upToCount: listBytesMax) ?? Data(), as: UTF8.self)
    var mapping: ClosedRange<UInt>?
    for line in list.split(separator: "\n") {
      let fields = line.split(separator: " ", maxSplits: 5)
      if fields.count > 4 {
        mapping = Self.mapping(fields)
      } else if fields.first == "Anonymous:", fields.dropFirst().first == "0" {
        // Nothing in it differs from the file.
        if let mapping { drop(mapping) }
      }
    }
  }

  /// 7f1c2a000000-7f1c2a200000 r-xp 00000000 fe:00 1234   /usr/lib/libexample.so
  ///
  /// - Returns: where it lies, when it is of a file and can only be read or run.
  private static func mapping(_ fields: [Substring]) -> ClosedRange<UInt>? {
    guard fields.count == 6, fields[1] == "r-xp" || fields[1] == "r--p",
      fields[5].drop(while: { $0 == " " }).first == "/"
    else { return nil }
    let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
    guard bounds.count == 2, bounds[0] < bounds[1] else { return nil }
    return bounds[0]...bounds[1]
  }

  /// A refusal costs nothing but the pages.
  private static func drop(_ mapping: ClosedRange<UInt>) {
    _ = madvise(
      UnsafeMutableRawPointer(bitPattern: mapping.lowerBound),
      Int(mapping.upperBound - mapping.lowerBound), MADV_DONTNEED)
  }
}
