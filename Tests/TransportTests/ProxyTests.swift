import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ProxyTests {
  @Test func `plain http goes to the proxy in absolute form`() async throws {
    let proxy: FaultyServer.Script = { connection in
      guard let request = connection.readRequest() else { return }
      connection.answer(body: String(request.prefix { $0 != "\r\n" }))
    }
    try await withServer(proxy) { server, client in
      let response = try await client.send(
        HTTPRequest(url: "http://bot.invalid/path", proxy: server.url))
      #expect(
        String(decoding: response.body, as: UTF8.self) == "GET http://bot.invalid/path HTTP/1.1")
    }
  }

  @Test func `a tunnel that the proxy refuses sends nothing to the peer`() async throws {
    try await withServer(FaultyServer.answering("403 Forbidden")) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: "https://bot.invalid/", proxy: server.url))
      #expect(failure == .couldNotReach(host: "bot.invalid", .proxy))
    }
  }

  @Test func `a peer without TLS behind a tunnel was sent nothing`() async throws {
    let proxy: FaultyServer.Script = { connection in
      guard let request = connection.readRequest(), request.hasPrefix("CONNECT bot.invalid:443 ")
      else { return }
      connection.write("HTTP/1.1 200 OK\r\n\r\n")
      _ = connection.read(max: 4_096)
      connection.write("this is not TLS")
    }
    try await withServer(proxy) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: "https://bot.invalid/", proxy: server.url))
      #expect(failure == .couldNotReach(host: "bot.invalid", .security))
    }
  }

  @Test func `socks5h leaves the name to the proxy`() async throws {
    let proxy: FaultyServer.Script = { connection in
      guard connection.read(max: 64) != nil else { return }
      connection.write([5, 0])
      guard let wish = connection.read(max: 256), wish.count > 7, wish[3] == 3 else { return }
      let name = String(decoding: wish[5..<(5 + Int(wish[4]))], as: UTF8.self)
      connection.write([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])
      guard connection.readRequest() != nil else { return }
      connection.answer(body: "to \(name)")
    }
    try await withServer(proxy) { server, client in
      let response = try await client.send(
        HTTPRequest(url: "http://bot.invalid/", proxy: "socks5h://127.0.0.1:\(server.port)"))
      #expect(String(decoding: response.body, as: UTF8.self) == "to bot.invalid")
    }
  }

  @Test func `a proxy that is gone could not be reached`() async throws {
    let client = HTTPClient()
    let failure = try await client.failure(
      of: HTTPRequest(url: "http://bot.invalid/", proxy: "http://\(impossibleName):1"))
    #expect(failure == .couldNotReach(host: "bot.invalid", .proxy))
    await client.shutdown()
  }
}
