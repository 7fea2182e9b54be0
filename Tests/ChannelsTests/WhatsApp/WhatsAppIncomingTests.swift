import Channels
import Conversation
import Standins
import Testing

/// What jobs are told when they ask for a file that came by WhatsApp.
@Suite(.timeLimit(.minutes(1)))
struct WhatsAppIncomingTests {
  private static let ogg = Array("OggS and more".utf8)

  private static func fetch(
    _ url: String, _ kind: Content.Attachment.Kind = .voice, bytesMax: Int = IncomingFile.bytesMax
  ) async -> Result<[UInt8], IncomingFileFault> {
    let media = WhatsAppMedia(client: TestWhatsApp.client(url), bytesMax: bytesMax)
    do throws(IncomingFileFault) {
      return .success(try await media.fetch(.init(kind: kind, fileID: "77")))
    } catch {
      return .failure(error)
    }
  }

  @Test func `a voice message comes whole, and each fault is one of a few`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      #expect(await Self.fetch(standin.url) == .failure(.gone))
      standin.store(WhatsAppStoredFile(bytes: Self.ogg, mediaType: "audio/ogg"), id: "77")
      #expect(await Self.fetch(standin.url) == .success(Self.ogg))
      #expect(await Self.fetch(standin.url, .image) == .failure(.wrongKind))
      #expect(await Self.fetch(standin.url, bytesMax: 4) == .failure(.tooLarge))
      var foreign = WhatsAppStoredFile(bytes: Self.ogg, mediaType: "audio/ogg")
      foreign.url = "https://evil.example/77"
      standin.store(foreign, id: "77")
      #expect(await Self.fetch(standin.url) == .failure(.refused))
    }
    #expect(await Self.fetch("http://127.0.0.1:1") == .failure(.unreachable))
  }
}
