import Standins
import Synchronization
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct HTTPClientTests {
  @Test func `an answer comes with its status, headers and body`() async throws {
    let script = FaultyServer.answering(
      "418 Teapot", headers: "X-Kind:  brew \r\n", body: "short and stout")
    try await withServer(script) { server, client in
      let response = try await client.send(HTTPRequest(url: "\(server.url)/pot"))
      #expect(response.status == 418)
      #expect(response.headers["x-kind"] == "brew")
      #expect(response.headers["X-Other"] == nil)
      #expect(String(decoding: response.body, as: UTF8.self) == "short and stout")
    }
  }

  @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete])
  func `method, headers and body arrive as given`(method: HTTPRequest.Method) async throws {
    let seen = Mutex("")
    let script: FaultyServer.Script = { connection in
      guard let request = connection.readRequest() else { return }
      seen.withLock { $0 = request }
      connection.answer()
    }
    try await withServer(script) { server, client in
      _ = try await client.send(
        HTTPRequest(
          method: method, url: "\(server.url)/path?x=1",
          headers: ["Content-Type": "application/json", "X-Empty": ""],
          body: Array(#"{"text":"سلام"}"#.utf8)))
      let request = seen.withLock { $0 }
      #expect(request.hasPrefix("\(method.rawValue) /path?x=1 HTTP/1.1\r\n"))
      #expect(request.contains("\r\nContent-Type: application/json\r\n"))
      #expect(request.contains("\r\nX-Empty:\r\n"))
      #expect(request.hasSuffix("\r\n\r\n{\"text\":\"سلام\"}"))
      #expect(!request.contains("Expect:"))
    }
  }

  @Test func `a body without a type is not called a form`() async throws {
    let seen = Mutex("")
    let script: FaultyServer.Script = { connection in
      guard let request = connection.readRequest() else { return }
      seen.withLock { $0 = request }
      connection.answer()
    }
    try await withServer(script) { server, client in
      _ = try await client.send(HTTPRequest(method: .post, url: server.url, body: [1, 2, 3]))
      #expect(!seen.withLock { $0 }.lowercased().contains("content-type"))
    }
  }

  @Test func `the answer to HEAD has no body`() async throws {
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n")
      connection.waitForPeerToClose()
    }
    try await withServer(script) { server, client in
      let response = try await client.send(HTTPRequest(method: .head, url: server.url))
      #expect(response.headers["Content-Length"] == "5000")
      #expect(response.body.isEmpty)
    }
  }

  @Test func `one connection serves one request after another`() async throws {
    try await withServer(FaultyServer.answering(body: "ok")) { server, client in
      for _ in 1...20 { _ = try await client.send(HTTPRequest(url: server.url)) }
      #expect(server.acceptedConnections == 1)
    }
  }

  @Test func `five hundred requests at once share a bounded number of connections`() async throws {
    try await withServer(FaultyServer.answering(body: "ok")) { server, client in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for number in 1...500 {
          group.addTask {
            try await client.send(HTTPRequest(url: "\(server.url)/\(number)")).status
          }
        }
        return try await group.reduce(into: [Int]()) { $0.append($1) }
      }
      #expect(statuses == Array(repeating: 200, count: 500))
      #expect(server.acceptedConnections <= HTTPClient.Limits().connectionsPerHostMax)
    }
  }

  @Test func `a redirect is an answer and is not followed`() async throws {
    let script = FaultyServer.answering("302 Found", headers: "Location: /elsewhere\r\n")
    try await withServer(script) { server, client in
      let response = try await client.send(HTTPRequest(url: server.url))
      #expect(response.status == 302)
      #expect(response.headers["Location"] == "/elsewhere")
      #expect(server.acceptedConnections == 1)
    }
  }

  @Test func `interim answers are passed over`() async throws {
    let script: FaultyServer.Script = { connection in
      guard connection.readRequest() != nil else { return }
      connection.write("HTTP/1.1 103 Early Hints\r\nX-Early: yes\r\n\r\n")
      connection.answer(body: "final")
    }
    try await withServer(script) { server, client in
      let response = try await client.send(HTTPRequest(url: server.url))
      #expect(response.status == 200)
      #expect(response.headers["X-Early"] == nil)
    }
  }

  @Test func `a body of exactly the allowed size is accepted`() async throws {
    try await withServer(FaultyServer.answering(body: "12345678")) { server, client in
      let response = try await client.send(HTTPRequest(url: server.url, maxResponseBytes: 8))
      #expect(response.body.count == 8)
    }
  }

  @Test func `a client that nobody holds any more ends its connections`() async throws {
    let (closed, signal) = AsyncStream<Void>.makeStream()
    let server = try FaultyServer { connection in
      FaultyServer.answering()(connection)
      signal.yield()
    }
    defer { server.stop() }
    do {
      let client = HTTPClient()
      _ = try await client.send(HTTPRequest(url: server.url))
    }
    var closings = closed.makeAsyncIterator()
    #expect(await closings.next() != nil)
  }
}
