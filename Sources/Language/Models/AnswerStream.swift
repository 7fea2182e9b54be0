import Transport

/// Reads an answer while it comes in.
enum AnswerStream {
  /// - Throws: the fault that fits: slow, silent, garbled and broken off are different ones.
  static func read(
    _ response: HTTPResponseStream, as wire: AnswerParser.Wire,
    onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ProviderAnswer {
    guard response.status == 200 else { throw .refused(status: response.status) }
    guard response.headers["Content-Type"]?.lowercased().contains("html") != true else {
      throw .invalidAnswer(reason: "it is a page")
    }
    var parser = AnswerParser(wire)
    let pieces = response.makeAsyncIterator()
    while let piece = try await next(pieces, parser) {
      let bytesBefore = parser.text.utf8.count
      try parser.feed(piece)
      if parser.text.utf8.count > bytesBefore { await onText(parser.text) }
    }
    return try parser.end()
  }

  private static func next(
    _ pieces: HTTPResponseStream.Iterator, _ parser: AnswerParser
  ) async throws(ModelFault) -> [UInt8]? {
    do throws(HTTPFailure) {
      return try await pieces.next()
    } catch {
      let fault = ModelCall.fault(error, partial: parser.text)
      // Who has the end of an answer does not need the end of the connection.
      if parser.isWhole == true, fault != .cancelled { return nil }
      throw fault
    }
  }
}
