import Channels
import Conversation
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TwilioMediaTests {
  private static let account = "AC00000000000000000000000000000000"
  private static let path = "/2010-04-01/Accounts/\(account)/Messages/MM1/Media/ME1"

  /// What a server that answers each request by its first line has seen, and what came of it.
  private static func fetch(
    _ fileID: @escaping (String) -> String = { $0 + path },
    _ kind: Content.Attachment.Kind = .document,
    answer: @escaping @Sendable (String) -> (String, headers: String, body: String)
  ) async throws -> (Result<[UInt8], IncomingFileFault>, [String]) {
    let requests = RequestMemory()
    let server = try FaultyServer { connection in
      while let request = connection.readRequest() {
        requests.note(request)
        let (status, headers, body) = answer(request)
        guard connection.answer(status, headers: headers, body: body) else { return }
      }
    }
    defer { server.stop() }
    let client = TwilioClient(
      accountSID: account, authToken: "secret", baseURL: server.url,
      provider: ProviderClient(name: "twilio", client: HTTPClient()))
    do throws(IncomingFileFault) {
      let bytes = try await TwilioMedia(client: client, bytesMax: 64).fetch(
        .init(kind: kind, fileID: fileID(server.url)))
      return (.success(bytes), requests.all)
    } catch {
      return (.failure(error), requests.all)
    }
  }

  private static func isFirst(_ request: String) -> Bool { request.contains("GET \(path) ") }

  @Test func `a file is fetched as the account, whichever of Twilio's hosts is named`()
    async throws
  {
    for base in [nil, "https://api.twilio.com"] {
      let (result, requests) = try await Self.fetch({ (base ?? $0) + Self.path }) { _ in
        ("200 OK", "", "bytes")
      }
      #expect(result == .success(Array("bytes".utf8)))
      let request = try #require(requests.first)
      #expect(Self.isFirst(request))
      #expect(request.lowercased().contains("authorization: basic "))
    }
  }

  private static let strange: [@Sendable (String) -> String] = [
    { _ in "https://evil.example" + path }, { _ in "http://api.twilio.com" + path },
    { _ in "https://api.twilio.com.evil.example" + path },
    { _ in "https://api.twilio.com@evil.example" + path },
    { $0 + "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1" }, { $0 + path + "?x=1" },
    { $0 + "/2010-04-01/Accounts/\(account)/Messages/../Media/ME1" }, { $0 + "/admin" },
    { _ in "file:///etc/passwd" }, { _ in "" },
  ]

  @Test(arguments: strange.indices)
  func `an address of a stranger's is never called`(_ index: Int) async throws {
    let (result, requests) = try await Self.fetch(Self.strange[index]) { _ in
      ("200 OK", "", "bytes")
    }
    #expect(result == .failure(.refused))
    #expect(requests.isEmpty)
  }

  @Test func `a redirect within Twilio is followed and one to elsewhere is not`() async throws {
    let (inside, _) = try await Self.fetch { request in
      Self.isFirst(request)
        ? ("307 Temporary Redirect", "Location: /files/1\r\n", "")
        : ("200 OK", "", "moved")
    }
    #expect(inside == .success(Array("moved".utf8)))
    for place in [
      "http://evil.example/1", "https://evil.example/1", "http://twiliocdn.com/1", "//x",
    ] {
      let (outside, requests) = try await Self.fetch { _ in
        ("302 Found", "Location: \(place)\r\n", "")
      }
      #expect(outside == .failure(.refused))
      #expect(requests.count == 1)
    }
    let (circle, requests) = try await Self.fetch { _ in
      ("302 Found", "Location: \(Self.path)\r\n", "")
    }
    #expect(circle == .failure(.refused))
    #expect(requests.count == 3)
  }

  private static let statuses: [(String, IncomingFileFault)] = [
    ("404 Not Found", .gone), ("410 Gone", .gone), ("401 Unauthorized", .refused),
    ("403 Forbidden", .refused), ("429 Too Many Requests", .unreachable),
    ("503 Service Unavailable", .unreachable),
  ]

  @Test(arguments: statuses)
  func `a refusal says whether asking again helps`(
    status: String, fault: IncomingFileFault
  ) async throws {
    let (result, _) = try await Self.fetch { _ in (status, "", "no") }
    #expect(result == .failure(fault))
  }

  @Test func `too much, nothing and something else are told apart`() async throws {
    let (large, _) = try await Self.fetch { _ in
      ("200 OK", "", String(repeating: "a", count: 65))
    }
    #expect(large == .failure(.tooLarge))
    let (empty, _) = try await Self.fetch { _ in ("200 OK", "", "") }
    #expect(empty == .failure(.gone))
    let (other, _) = try await Self.fetch({ $0 + Self.path }, .image) { _ in
      ("200 OK", "", "<html>")
    }
    #expect(other == .failure(.wrongKind))
  }
}
