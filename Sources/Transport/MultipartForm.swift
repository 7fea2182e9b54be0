/// A `multipart/form-data` body: fields and files in the order they were added.
package struct MultipartForm: Sendable {
  private static let boundaryBytes = 18

  private let boundary: String
  private var parts: [UInt8] = []

  /// The boundary must not occur in the content: give a random one of at least 128 bits.
  package init(boundary: String) {
    self.boundary = boundary
  }

  /// A form with a boundary that nobody can guess, so that no content can forge a part.
  package static func withRandomBoundary() throws(SecureRandom.Unavailable) -> MultipartForm {
    MultipartForm(boundary: Hex.text(of: try SecureRandom.bytes(boundaryBytes)))
  }

  package mutating func addField(_ name: String, _ value: String) {
    open(#"form-data; name="\#(Self.quoted(name))""#, contentType: nil)
    parts += value.utf8
    parts += "\r\n".utf8
  }

  package mutating func addFile(
    _ name: String, fileName: String, contentType: String, bytes: [UInt8]
  ) {
    open(
      #"form-data; name="\#(Self.quoted(name))"; filename="\#(Self.quoted(fileName))""#,
      contentType: Self.oneLine(contentType))
    parts += bytes
    parts += "\r\n".utf8
  }

  package func encoded() -> (contentType: String, body: [UInt8]) {
    (
      contentType: "multipart/form-data; boundary=\(boundary)",
      body: parts + "--\(boundary)--\r\n".utf8
    )
  }

  /// The form with one more file at its end, which is fetched while it goes out.
  package func ending(
    withFile name: String, fileName: String, contentType: String, _ file: HTTPUpload
  ) -> (contentType: String, upload: HTTPUpload) {
    var form = self
    form.open(
      #"form-data; name="\#(Self.quoted(name))"; filename="\#(Self.quoted(fileName))""#,
      contentType: Self.oneLine(contentType))
    return (
      contentType: "multipart/form-data; boundary=\(boundary)",
      upload: file.enclosed(by: form.parts, and: Array("\r\n--\(boundary)--\r\n".utf8))
    )
  }

  private mutating func open(_ disposition: String, contentType: String?) {
    parts += "--\(boundary)\r\nContent-Disposition: \(disposition)\r\n".utf8
    if let contentType { parts += "Content-Type: \(contentType)\r\n".utf8 }
    parts += "\r\n".utf8
  }

  /// The escaping of names that the HTML standard prescribes for forms.
  private static func quoted(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "%22"
      case "\r": quoted += "%0D"
      case "\n": quoted += "%0A"
      default: quoted.unicodeScalars.append(scalar)  // any other character
      }
    }
    return quoted
  }

  private static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 }))
  }
}
