import Foundation

/// A file that came with a request.
package struct UploadedFile: Sendable {
  package let fileName: String
  package let contentType: String
  package let bytes: [UInt8]
}

/// Reads the parameters of a request, however they were sent.
enum RequestBody {
  struct Undecodable: Error {}

  struct Parameters {
    var values: [String: JSONValue] = [:]
    var files: [String: UploadedFile] = [:]
    var isForm = false
  }

  static func parameters(
    query: String?, contentType: String?, body: [UInt8]
  ) throws -> Parameters {
    var parameters = Parameters()
    if let query, !query.isEmpty {
      parameters.values = form(query)
      parameters.isForm = true
    }
    guard !body.isEmpty else { return parameters }
    let kind = contentType?.prefix { $0 != ";" }.lowercased() ?? ""
    switch kind {
    case "application/json":
      guard case .object(let values) = try JSONValue(parsing: body) else { throw Undecodable() }
      parameters.values.merge(values) { _, last in last }
    case "application/x-www-form-urlencoded":
      parameters.values.merge(form(String(decoding: body, as: UTF8.self))) { _, last in last }
      parameters.isForm = true
    case "multipart/form-data":
      guard let boundary = contentType?.firstMatch(of: #/boundary="?([^";]+)"?/#)?.1 else {
        throw Undecodable()
      }
      try readParts(of: body, boundary: String(boundary), into: &parameters)
      parameters.isForm = true
    default:  // any other type of body
      throw Undecodable()
    }
    return parameters
  }

  private static func form(_ text: String) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for pair in text.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[plain(parts[0])] = .string(parts.count == 2 ? plain(parts[1]) : "")
    }
    return values
  }

  private static func plain(_ text: Substring) -> String {
    let spaced = text.replacing("+", with: " ")
    return String(spaced).removingPercentEncoding ?? String(spaced)
  }

  private static func readParts(
    of body: [UInt8], boundary: String, into parameters: inout Parameters
  ) throws {
    let delimiter = Array("\r\n--\(boundary)".utf8)
    let pieces = (Array("\r\n".utf8) + body).split(separator: delimiter)
    guard let last = pieces.last, last.starts(with: Array("--".utf8)) else { throw Undecodable() }
    for piece in pieces.dropLast() where !piece.isEmpty {
      try readPart(piece, into: &parameters)
    }
  }

  private static func readPart(
    _ piece: ArraySlice<UInt8>, into parameters: inout Parameters
  ) throws {
    guard let gap = piece.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Undecodable() }
    let head = String(decoding: piece[..<gap.lowerBound], as: UTF8.self)
    let content = Array(piece[gap.upperBound...])
    guard let name = head.firstMatch(of: #/[; ]name="([^"]*)"/#)?.1 else { throw Undecodable() }
    if let fileName = head.firstMatch(of: #/filename="([^"]*)"/#)?.1 {
      let type = head.firstMatch(of: #/(?i)content-type: *([^\r]+)/#)?.1
      parameters.files[String(name)] = UploadedFile(
        fileName: String(fileName), contentType: type.map(String.init) ?? "", bytes: content)
    } else {
      parameters.values[String(name)] = .string(String(decoding: content, as: UTF8.self))
    }
  }
}
