import Foundation
import Standins
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct CompressionTests {
  private static func answering(_ body: [UInt8]) -> FaultyServer.Script {
    { connection in
      guard connection.readRequest()?.contains("Accept-Encoding: gzip") == true else { return }
      connection.write(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n")
      connection.write(body)
      connection.waitForPeerToClose()
    }
  }

  @Test func `a compressed answer is unfolded`() async throws {
    let body = try #require(
      Data(base64Encoded: "H4sIAAAAAAACA7ux+WbLjeU3WxUyUnNy8pFJAG4xqzAaAAAA"))
    try await withServer(Self.answering(Array(body))) { server, client in
      let response = try await client.send(HTTPRequest(url: server.url))
      #expect(String(decoding: response.body, as: UTF8.self) == "سلام hello hello hello")
    }
  }

  @Test func `a small answer that unfolds without end is cut at the allowed size`() async throws {
    let bomb = GzipBomb.bytes(unfoldingTo: 64 << 20)
    #expect(bomb.count < 1 << 20)
    try await withServer(Self.answering(bomb)) { server, client in
      let limit = 2 << 20
      let failure = try await client.failure(
        of: HTTPRequest(url: server.url, maxResponseBytes: limit))
      #expect(failure == .responseTooLarge(host: "127.0.0.1", limitBytes: limit))
    }
  }

  @Test func `the same in a stream gives no more than the allowed size`() async throws {
    try await withServer(Self.answering(GzipBomb.bytes(unfoldingTo: 64 << 20))) { server, client in
      let limit = 2 << 20
      let response = try await client.stream(
        HTTPRequest(url: server.url, maxResponseBytes: limit))
      var received = 0
      let failure = await #expect(throws: HTTPFailure.self) {
        for try await piece in response { received += piece.count }
      }
      #expect(failure == .responseTooLarge(host: "127.0.0.1", limitBytes: limit))
      #expect(received > limit / 2 && received <= limit)
    }
  }

  @Test func `a compressed answer that is broken leaves the outcome unknown`() async throws {
    try await withServer(Self.answering(Array("this is not gzip".utf8))) { server, client in
      let failure = try await client.failure(of: HTTPRequest(method: .post, url: server.url))
      #expect(failure == .outcomeUnknown(host: "127.0.0.1", .notHTTP))
    }
  }
}
