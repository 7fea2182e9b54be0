import Foundation

/// A `multipart/form-data` body in its parts (RFC 7578), strictly read and bounded.
struct MultipartBody {
  struct Fault: Error, Equatable {}

  struct Part {
    let name: String
    /// Without parameters, in lower case; nil when it says none.
    let contentType: String?
    let bytes: [UInt8]

    /// Nil when it is not UTF-8.
    var text: String? { String(validating: bytes, as: UTF8.self) }
  }

  static let partsMax = 8
  private static let headBytesMax = 2_048
  private static let boundaryLengths = 1...70

  let parts: [Part]

  /// - Parameter contentType: of the request, with the boundary.
  init(_ bytes: [UInt8], contentType: String) throws(Fault) {
    guard let boundary = Self.boundary(of: contentType) else { throw Fault() }
    let body = Data(bytes)
    let delimiter = Data("\r\n--\(boundary)".utf8)
    guard body.starts(with: delimiter.dropFirst(2)) else { throw Fault() }
    var parts: [Part] = []
    var start = delimiter.count - 2
    while !body[start...].starts(with: Self.end) {
      guard parts.count < Self.partsMax, body[start...].starts(with: Self.lineBreak),
        let border = body.range(of: delimiter, in: start..<body.count)
      else { throw Fault() }
      // The line break before the first header is part of what ends an empty head.
      parts.append(try Self.part(body[start..<border.lowerBound]))
      start = border.upperBound
    }
    self.parts = parts
  }

  /// The only part of that name; nil when there is none, or more than one.
  func part(_ name: String) -> Part? {
    let named = parts.filter { $0.name == name }
    return named.count == 1 ? named[0] : nil
  }

  private static let end = Data("--".utf8)
  private static let lineBreak = Data("\r\n".utf8)
  private static let headEnd = Data("\r\n\r\n".utf8)

  private static func part(_ bytes: Data) throws(Fault) -> Part {
    let searched = bytes.prefix(headBytesMax)
    guard let border = searched.range(of: headEnd),
      let head = String(validating: searched[..<border.lowerBound], as: UTF8.self)
    else { throw Fault() }
    var headers: [String: String] = [:]
    for line in head.components(separatedBy: "\r\n") where !line.isEmpty {
      let fields = line.split(separator: ":", maxSplits: 1)
      guard fields.count == 2 else { throw Fault() }
      headers[fields[0].lowercased()] = fields[1].trimmingCharacters(in: .whitespaces)
    }
    guard let disposition = headers["content-disposition"],
      disposition.lowercased().hasPrefix("form-data"),
      let name = parameter("name", of: disposition)
    else { throw Fault() }
    return Part(
      name: name,
      contentType: headers["content-type"].map {
        $0.prefix { $0 != ";" }.lowercased().filter { !$0.isWhitespace }
      },
      bytes: Array(bytes[border.upperBound...]))
  }

  private static func boundary(of contentType: String) -> String? {
    guard let boundary = parameter("boundary", of: contentType),
      boundaryLengths.contains(boundary.utf8.count),
      boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") })
    else { return nil }
    return boundary
  }

  private static func parameter(_ name: String, of header: String) -> String? {
    for field in header.split(separator: ";").dropFirst() {
      let pair = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2,
        pair[0].trimmingCharacters(in: .whitespaces).lowercased() == name
      else { continue }
      let value = pair[1].trimmingCharacters(in: .whitespaces)
      guard value.hasPrefix("\"") else { return value }
      return value.count >= 2 && value.hasSuffix("\"") ? String(value.dropFirst().dropLast()) : nil
    }
    return nil
  }
}
