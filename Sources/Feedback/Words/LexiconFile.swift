import Foundation

/// A file of the lexicon, read line by line without making strings of what is not kept.
struct LexiconFile {
  private static let bytesMax = 8 << 20

  let name: String
  private let bytes: [UInt8]

  init(_ folder: URL, _ name: String) throws(LexiconFault) {
    self.name = name
    do {
      let data = try Data(contentsOf: folder.appending(path: name), options: .mappedIfSafe)
      guard data.count <= Self.bytesMax else { throw LexiconFault.unreadable(file: name) }
      bytes = Array(data)
    } catch {
      throw .unreadable(file: name)
    }
  }

  static func exists(_ folder: URL, _ name: String) -> Bool {
    FileManager.default.isReadableFile(atPath: folder.appending(path: name).path)
  }

  /// Calls `body` with each line that is not empty and no comment, and its number from 1.
  func eachLine(
    _ body: (ArraySlice<UInt8>, Int) throws(LexiconFault) -> Void
  ) throws(LexiconFault) {
    var start = 0
    var number = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      number += 1
      if end > start, bytes[start] != UInt8(ascii: "#") { try body(bytes[start..<end], number) }
      start = end + 1
    }
  }

  func malformed(_ line: Int) -> LexiconFault {
    .malformed(file: name, line: line)
  }
}

extension ArraySlice<UInt8> {
  var string: String { String(decoding: self, as: UTF8.self) }

  /// The fields between tabs.
  var fields: [ArraySlice<UInt8>] {
    split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
  }

  /// A whole number in plain digits.
  var wholeNumber: Int? {
    guard !isEmpty, count < 18 else { return nil }
    var value = 0
    for byte in self {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }

  /// A number such as -12.345.
  var decimalNumber: Float? {
    var rest = self
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest = rest.dropFirst() }
    var value: Float = 0
    var scale: Float = 0
    guard !rest.isEmpty else { return nil }
    for byte in rest {
      if byte == UInt8(ascii: "."), scale == 0 {
        scale = 1
      } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
        value = value * 10 + Float(byte - UInt8(ascii: "0"))
        scale *= 10
      } else {
        return nil
      }
    }
    let size = scale > 1 ? value / scale : value
    return isNegative ? -size : size
  }
}
