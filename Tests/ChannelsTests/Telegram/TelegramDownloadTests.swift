import Channels
import Conversation
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct TelegramDownloadTests {
  private static let ogg = Array("OggS and more".utf8)

  private static func fetch(
    _ url: String, _ kind: Content.Attachment.Kind = .voice, fileID: String = "voice-1",
    bytesMax: Int = IncomingFile.bytesMax
  ) async -> Result<[UInt8], IncomingFileFault> {
    let downloads = TelegramDownloads(client: TestTelegram.client(url), bytesMax: bytesMax)
    do throws(IncomingFileFault) {
      return .success(try await downloads.fetch(.init(kind: kind, fileID: fileID)))
    } catch {
      return .failure(error)
    }
  }

  @Test func `a voice message is fetched in two steps`() async throws {
    try await BotAPIStandin.with { standin in
      standin.store(Self.ogg, fileID: "voice-1")
      #expect(await Self.fetch(standin.url) == .success(Self.ogg))
      #expect(standin.calls.map(\.method) == ["getFile"])
      #expect(standin.violations.isEmpty)
    }
  }

  @Test func `what is not what it says, too large or not there is told apart`() async throws {
    try await BotAPIStandin.with { standin in
      standin.store(Array("MZ no sound".utf8), fileID: "voice-1")
      #expect(await Self.fetch(standin.url) == .failure(.wrongKind))
      #expect(await Self.fetch(standin.url, .document) == .success(Array("MZ no sound".utf8)))
      #expect(await Self.fetch(standin.url, bytesMax: 5) == .failure(.tooLarge))
      #expect(await Self.fetch(standin.url, fileID: "unknown") == .failure(.gone))
      #expect(await Self.fetch(standin.url, fileID: "") == .failure(.gone))
      standin.script(
        .refuse(status: 400, description: "Bad Request: file is too big", parameters: nil),
        method: "getFile")
      #expect(await Self.fetch(standin.url) == .failure(.tooLarge))
      standin.script(
        .refuse(status: 500, description: "Internal Server Error", parameters: nil),
        method: "getFile")
      #expect(await Self.fetch(standin.url) == .failure(.unreachable))
      standin.script(.garbage, method: "getFile")
      #expect(await Self.fetch(standin.url) == .failure(.unreachable))
    }
    #expect(await Self.fetch("http://127.0.0.1:1") == .failure(.unreachable))
  }

  private static let strange = [
    "../../etc/passwd", "/etc/passwd", "a//b", "a?b", "a#b", "a\\b", "a b", "a/./b", "",
    "a%2e%2e/b",
  ]

  @Test(arguments: strange)
  func `a path that leads elsewhere is not followed`(_ path: String) async throws {
    let requests = RequestMemory()
    let escaped = path.replacing("\\", with: "\\\\")
    let server = try FaultyServer { connection in
      while let request = connection.readRequest() {
        requests.note(request)
        let body = "{\"ok\":true,\"result\":{\"file_id\":\"a\",\"file_path\":\"\(escaped)\"}}"
        guard connection.answer(body: body) else { return }
      }
    }
    defer { server.stop() }
    #expect(await Self.fetch(server.url) == .failure(.refused))
    #expect(requests.all.count == 1)
  }

  @Test func `a redirect is not followed`() async throws {
    let requests = RequestMemory()
    let server = try FaultyServer { connection in
      while let request = connection.readRequest() {
        requests.note(request)
        let isFile = request.contains("/file/bot")
        let body = "{\"ok\":true,\"result\":{\"file_id\":\"a\",\"file_path\":\"voice/1.oga\"}}"
        guard
          isFile
            ? connection.answer("302 Found", headers: "Location: http://evil.example/\r\n")
            : connection.answer(body: body)
        else { return }
      }
    }
    defer { server.stop() }
    #expect(await Self.fetch(server.url) == .failure(.refused))
    #expect(requests.all.count == 2)
  }
}
