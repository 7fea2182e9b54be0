import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct SecretsTests {
  private static let secrets = ["42:TELEGRAM-TOKEN", "KAVENEGAR/KEY=", "PASSWORD", "QUERY"]

  /// An address that carries a secret wherever one can be.
  private func request(
    to authority: String, scheme: String = "http", timeouts: HTTPRequest.Timeouts? = nil,
    maxResponseBytes: Int = 10, proxy: String? = nil
  ) -> HTTPRequest {
    HTTPRequest(
      method: .post,
      url:
        "\(scheme)://user:PASSWORD@\(authority)/bot42:TELEGRAM-TOKEN/v1/"
        + "KAVENEGAR%2FKEY%3D/x?key=QUERY",
      headers: ["Authorization": "Bearer PASSWORD"], body: Array("PASSWORD".utf8),
      timeouts: timeouts, maxResponseBytes: maxResponseBytes, proxy: proxy)
  }

  private func expectNoSecret(in failure: HTTPFailure) {
    var dumped = ""
    dump(failure, to: &dumped)
    for text in ["\(failure)", String(reflecting: failure), dumped] {
      for part in ["TELEGRAM", "KAVENEGAR", "PASSWORD", "QUERY"] { #expect(!text.contains(part)) }
    }
  }

  private func failure(
    of request: HTTPRequest, over provider: ProviderClient
  ) async -> HTTPFailure? {
    do throws(HTTPFailure) {
      _ = try await provider.send(request)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    FaultyServer.closing, FaultyServer.closingAtOnce, FaultyServer.babbling, FaultyServer.silent,
    FaultyServer.dripping, FaultyServer.endless,
  ])
  func `no failure of a connection shows a secret`(
    script: @escaping FaultyServer.Script
  ) async throws {
    try await withServer(script) { server, client in
      let provider = ProviderClient(name: "provider", client: client)
      let request = request(
        to: "127.0.0.1:\(server.port)",
        timeouts: .init(firstByteMs: 100, stallMs: 100, totalMs: 300))
      expectNoSecret(in: try #require(await failure(of: request, over: provider)))
    }
  }

  @Test func `no failure to connect shows a secret`() async throws {
    let full = try FullPort()
    let client = HTTPClient()
    let provider = ProviderClient(
      name: "provider", client: client,
      breaker: CircuitBreaker(rules: CircuitRules(failuresInRowMax: 4)))
    let local = "127.0.0.1:\(full.port)"
    let quick = HTTPRequest.Timeouts(connectMs: 50)
    let requests = [
      request(to: impossibleName), request(to: local, timeouts: quick),
      request(to: "api.test", timeouts: quick, proxy: "http://user:PASSWORD@\(local)"),
      request(to: "api.test", proxy: "socks5h://user:PASSWORD@\(impossibleName)"),
      // By now the circuit is open.
      request(to: local), request(to: local),
    ]
    var last: HTTPFailure?
    for request in requests {
      last = await failure(of: request, over: provider)
      expectNoSecret(in: try #require(last))
    }
    guard case .circuitOpen = last else {
      Issue.record("the circuit is not open")
      return
    }
    await client.shutdown()
  }

  @Test func `no fault of TLS or of a request shows a secret`() async throws {
    let server = try FaultyServer(
      identity: TestAuthority().identity(), FaultyServer.answering())
    defer { server.stop() }
    let client = HTTPClient()
    let provider = ProviderClient(name: "provider", client: client)
    let local = "127.0.0.1:\(server.port)"
    var smuggling = request(to: local)
    smuggling.headers = ["X": "PASSWORD\r\n"]
    let requests = [
      request(to: local, scheme: "https"), request(to: local, scheme: "gopher"),
      request(to: local, proxy: "gopher://user:PASSWORD@proxy.test"), smuggling,
    ]
    for request in requests {
      expectNoSecret(in: try #require(await failure(of: request, over: provider)))
    }
    await client.shutdown()
  }

  @Test func `secrets are masked as they are and as they look in an address`() {
    let provider = ProviderClient(
      name: "provider", client: HTTPClient(), secrets: Self.secrets + [""])
    let text = "POST /bot42:TELEGRAM-TOKEN/v1/KAVENEGAR%2FKEY%3D/?KAVENEGAR/KEY= PASSWORDs"
    #expect(provider.masked(text) == "POST /bot***/v1/***/?*** ***s")
    #expect(provider.masked("nothing here") == "nothing here")
  }

  @Test func `a secret that holds another is masked whole`() {
    #expect(SecretMask(["key", "key-and-more"]).masked("a key-and-more b key") == "a *** b ***")
  }

  @Test func `a proxy's password is known as one`() {
    #expect(Secrets.inAddress("socks5h://user:p%40ss@proxy:1080") == ["p@ss", "p%40ss"])
    #expect(Secrets.inAddress("http://proxy:3128") == [])
  }
}
