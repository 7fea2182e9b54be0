/// What a `Range` header asks for (RFC 9110, section 14): one range of bytes. Anything else is no
/// reason to refuse, and means the whole.
enum ByteRange: Equatable {
  case whole
  case part(Range<Int>)
  /// Nothing of it is there.
  case none

  init(_ header: String?, of count: Int) {
    let prefix = "bytes="
    guard let header, header.lowercased().hasPrefix(prefix) else {
      self = .whole
      return
    }
    let bounds = header.dropFirst(prefix.count).split(
      separator: "-", maxSplits: 1, omittingEmptySubsequences: false
    ).map { $0.filter { $0 != " " } }
    guard bounds.count == 2 else {
      self = .whole
      return
    }
    switch (Self.number(bounds[0]), Self.number(bounds[1])) {
    case (let first?, let last?) where first <= last:
      self = first < count ? .part(first..<min(last + 1, count)) : .none
    case (let first?, nil) where bounds[1].isEmpty:
      self = first < count ? .part(first..<count) : .none
    case (nil, let length?) where bounds[0].isEmpty:
      self = length > 0 && count > 0 ? .part(max(0, count - length)..<count) : .none
    case _: self = .whole
    }
  }

  /// No file has as many bytes as a number of more digits counts.
  private static func number(_ digits: String) -> Int? {
    guard (1...15).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    return Int(digits)
  }
}
