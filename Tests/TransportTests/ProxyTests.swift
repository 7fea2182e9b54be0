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

  private static let credentials = ProxyStandin.Credentials(user: "maryam", password: "s3cr3t")

  /// A provider behind TLS that only the proxy knows the way to.
  private func withProxiedProvider(
    _ kind: ProxyStandin.Kind, _ credentials: ProxyStandin.Credentials? = nil,
    _ body: (ProxyStandin, HTTPClient) async throws -> Void
  ) async throws {
    let authority = try TestAuthority()
    let provider = try FaultyServer(
      identity: authority.identity(), FaultyServer.multiplexing(1, body: "provider"))
    let proxy = try ProxyStandin(kind, to: provider.port, credentials: credentials)
    let client = HTTPClient(caFile: authority.file)
    defer {
      proxy.stop()
      provider.stop()
    }
    try await body(proxy, client)
    await client.shutdown()
  }

  private static let kinds = [
    (ProxyStandin.Kind.http, ProxyStandin.Credentials?.none), (.http, credentials),
    (.socks5, nil), (.socks5, credentials),
  ]

  @Test(arguments: kinds)
  func `TLS and HTTP 2 reach a provider through a proxy, which is told its name`(
    kind: ProxyStandin.Kind, credentials: ProxyStandin.Credentials?
  ) async throws {
    try await withProxiedProvider(kind, credentials) { proxy, client in
      for _ in 1...3 {
        let response = try await client.send(
          HTTPRequest(
            method: .post, url: "https://api.provider.test/x", proxy: proxy.url(credentials)))
        #expect(String(decoding: response.body, as: UTF8.self) == "provider")
      }
      #expect(proxy.destinations == ["api.provider.test:443"])
    }
  }

  @Test(arguments: [ProxyStandin.Kind.http, .socks5])
  func `a proxy that wants another password lets nothing through`(
    kind: ProxyStandin.Kind
  ) async throws {
    try await withProxiedProvider(kind, Self.credentials) { proxy, client in
      let wrong = ProxyStandin.Credentials(user: "maryam", password: "gu3ss")
      for given in [wrong, nil] {
        let failure = try await client.failure(
          of: HTTPRequest(
            method: .post, url: "https://api.provider.test/x", proxy: proxy.url(given)))
        #expect(failure == .couldNotReach(host: "api.provider.test", .proxy))
        #expect(!"\(failure)".contains("gu3ss"))
      }
      #expect(proxy.destinations == [])
    }
  }

  @Test func `a plain answer of 407 is the proxy's, not the provider's`() async throws {
    let script = FaultyServer.answering("407 Proxy Authentication Required")
    try await withServer(script) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(method: .post, url: "http://bot.invalid/", proxy: server.url))
      #expect(failure == .couldNotReach(host: "bot.invalid", .proxy))
    }
  }

  @Test func `a SOCKS proxy that finds nobody is not itself at fault`() async throws {
    let proxy: FaultyServer.Script = { connection in
      guard connection.read(max: 64) != nil else { return }
      connection.write([5, 0])
      guard connection.read(max: 256) != nil else { return }
      connection.write([5, 4, 0, 1, 0, 0, 0, 0, 0, 0])
    }
    try await withServer(proxy) { server, client in
      let failure = try await client.failure(
        of: HTTPRequest(
          method: .post, url: "http://bot.invalid/", proxy: "socks5h://127.0.0.1:\(server.port)"))
      #expect(failure == .couldNotReach(host: "bot.invalid", .connection))
    }
  }

  @Test func `a proxy where nobody listens could not be reached`() async throws {
    let full = try FullPort()
    let client = HTTPClient()
    let failure = try await client.failure(
      of: HTTPRequest(
        method: .post, url: "https://bot.invalid/", timeouts: .init(connectMs: 100),
        proxy: "http://127.0.0.1:\(full.port)"))
    #expect(failure == .timedOutBeforeSending(host: "bot.invalid"))
    await client.shutdown()
  }

  @Test(arguments: [
    ("socks5://127.0.0.1:1080", "socks5h://127.0.0.1:1080"),
    ("SOCKS5://user:word@proxy.test", "socks5h://user:word@proxy.test"),
    ("socks5h://127.0.0.1", "socks5h://127.0.0.1"), ("http://proxy:3128", "http://proxy:3128"),
    ("https://proxy:3128", "https://proxy:3128"),
  ])
  func `a proxy's address is taken as people write it`(text: String, address: String) {
    #expect(ProxyAddress.normalised(text) == address)
  }

  @Test(arguments: ["", "proxy:3128", "ftp://proxy", "socks4://proxy", "http://", "http://a b"])
  func `what is no proxy's address is not taken`(text: String) {
    #expect(ProxyAddress.normalised(text) == nil)
  }

  @Test func `a proxy that is gone could not be reached`() async throws {
    let client = HTTPClient()
    let failure = try await client.failure(
      of: HTTPRequest(url: "http://bot.invalid/", proxy: "http://\(impossibleName):1"))
    #expect(failure == .couldNotReach(host: "bot.invalid", .proxy))
    await client.shutdown()
  }
}
