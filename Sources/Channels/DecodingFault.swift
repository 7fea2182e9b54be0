/// Why a body is not a message.
package enum DecodingFault: Error, Equatable, Sendable {
  /// It cannot be read at all.
  case notJSON
  /// It can be read, but lacks what every message has, or holds it in another form.
  case missingFields
}
