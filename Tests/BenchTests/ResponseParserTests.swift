import Bench
import NIOCore
import Testing

struct ResponseParserTests {
  private static let plain = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
  private static let empty = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n"
  private static let chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    + "5\r\nhello\r\na;x=y\r\n0123456789\r\n0\r\n\r\n"

  @Test func `answers that arrive together are told apart`() throws {
    let statuses = try statuses([Self.plain + Self.chunked + Self.empty])
    #expect(statuses == [200, 200, 503])
  }

  @Test func `answers that arrive byte by byte are put together`() throws {
    let bytes = (Self.chunked + Self.plain + Self.empty).map(String.init)
    #expect(try statuses(bytes) == [200, 200, 503])
  }

  @Test func `an answer is not complete before its last byte`() throws {
    for answer in [Self.plain, Self.empty, Self.chunked] {
      #expect(try statuses([String(answer.dropLast())]) == [])
    }
  }

  @Test(arguments: ["SSH-2.0-OpenSSH\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"])
  func `what is no answer is refused`(_ text: String) {
    #expect(throws: ResponseFault.notHTTP) { try statuses([text]) }
  }

  @Test func `a head without end is refused`() {
    let text = "HTTP/1.1 200 OK\r\nA: " + String(repeating: "a", count: 70_000)
    #expect(throws: ResponseFault.headTooLong) { try statuses([text]) }
  }

  private func statuses(_ pieces: [String]) throws -> [Int] {
    var parser = ResponseParser()
    var statuses: [Int] = []
    for piece in pieces {
      parser.append(ByteBuffer(string: piece))
      while let status = try parser.next() { statuses.append(status) }
    }
    return statuses
  }
}
