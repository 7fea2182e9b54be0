import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct RequestCheckTests {
  private static let secret = "123456:SECRET"

  @Test(arguments: [
    "", "no scheme", "file:///etc/passwd", "ftp://127.0.0.1/\(secret)", "http://",
    "http://127.0.0.1/\(secret)\u{0}", "http://127.0.0.1/\(secret) with space",
    "http://127.0.0.1/\(secret)\r\nX-Injected: yes", "http://127.0.0.1:99999/\(secret)",
  ])
  func `what is not an http address is refused without being shown`(url: String) async throws {
    let client = HTTPClient()
    let failure = try await client.failure(of: HTTPRequest(url: url))
    #expect(failure == .invalidRequest(.url))
    #expect(!"\(failure)".contains("SECRET"))
    await client.shutdown()
  }

  @Test(arguments: [
    ("X-Good", "bad\r\nX-Injected: yes"), ("X-Bad\r\nX-Injected", "yes"), ("", "empty"),
    ("X Bad", "space"), ("X-Bad:", "colon"), ("X-Good", "zero\u{0}"),
  ])
  func `headers that would smuggle others are refused`(name: String, value: String) async throws {
    let client = HTTPClient()
    let request = HTTPRequest(url: "http://127.0.0.1/", headers: HTTPHeaders([(name, value)]))
    #expect(try await client.failure(of: request) == .invalidRequest(.headers))
    await client.shutdown()
  }

  @Test func `impossible bodies, limits and proxies are refused`() async throws {
    let client = HTTPClient()
    let url = "http://127.0.0.1/"
    let requests: [(HTTPRequest, HTTPFailure.Fault)] = [
      (HTTPRequest(method: .get, url: url, body: [1]), .body),
      (HTTPRequest(url: url, timeouts: .init(totalMs: 0)), .limits),
      (HTTPRequest(url: url, timeouts: .init(connectMs: -1)), .limits),
      (HTTPRequest(url: url, maxResponseBytes: -1), .limits),
      (HTTPRequest(url: url, proxy: "ftp://127.0.0.1"), .proxy),
      (HTTPRequest(url: url, proxy: ""), .proxy),
    ]
    for (request, fault) in requests {
      #expect(try await client.failure(of: request) == .invalidRequest(fault))
    }
    await client.shutdown()
  }

  @Test func `no failure shows more of the address than its host`() async throws {
    let scripts: [FaultyServer.Script] = [
      FaultyServer.closing, FaultyServer.babbling, FaultyServer.silent, FaultyServer.endless,
    ]
    for script in scripts {
      try await withServer(script) { server, client in
        let failure = try await client.failure(
          of: HTTPRequest(
            method: .post,
            url: "http://user:\(Self.secret)@127.0.0.1:\(server.port)/bot\(Self.secret)/x",
            timeouts: .init(totalMs: 100), maxResponseBytes: 10))
        for text in ["\(failure)", String(reflecting: failure)] {
          #expect(!text.contains("SECRET"))
        }
      }
    }
  }

  @Test func `a request that is printed or dumped shows no secret`() {
    let request = HTTPRequest(
      method: .post, url: "http://127.0.0.1/bot\(Self.secret)/x",
      headers: ["Authorization": Self.secret], body: Array(Self.secret.utf8))
    var dumped = ""
    dump(request, to: &dumped)
    for text in ["\(request)", String(reflecting: request), dumped] {
      #expect(!text.contains("SECRET"))
    }
  }
}
