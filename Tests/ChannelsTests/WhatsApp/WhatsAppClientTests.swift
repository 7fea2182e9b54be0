import Channels
import Conversation
import Foundation
import Standins
import Testing

/// A client of others' making judges the stand-in, and what we send beside what it sends.
@Suite(
  .timeLimit(.minutes(1)),
  .enabled(if: ProviderClients.python != nil, "the providers' clients are not installed"))
struct WhatsAppClientTests {
  @Test func `pywa sends, uploads, fetches and is refused`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let ogg = Array("OggS 77".utf8)
      standin.store(WhatsAppStoredFile(bytes: ogg, mediaType: "audio/ogg"), id: "77")
      standin.script(.windowClosed, recipient: "989120000999")
      let told = try await Self.judge(standin)
      let messages = standin.calls(.message)
      #expect(told["sent"]?.items == messages.prefix(5).map { .string($0.messageID ?? "") })
      #expect(told["fetched"] == "OggS 77")
      #expect(told["type"] == "audio/ogg")
      #expect(told["refused"] == 131_047)
      #expect(standin.violations == [])
    }
  }

  @Test func `we send what pywa sends`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      standin.store(
        WhatsAppStoredFile(bytes: Array("OggS".utf8), mediaType: "audio/ogg"), id: "77")
      _ = try await Self.judge(standin)
      let theirs = standin.calls(.message).map(\.body)
      let port = TestWhatsApp.port(standin.url)
      let count = standin.calls(.message).count
      let rows = (0..<10).map { Choice("\($0)", "\($0)") }
      for reply in [
        Reply("**Hello**"), Reply("?", choices: [Choice("tea", "Tea"), .command("m", "Menu")]),
        Reply("?", choices: rows),
      ] { _ = try await WhatsAppTalk(port, saying: reply).deliver() }
      _ = try await WhatsAppTalk(port, saying: Reply("")).deliver {
        $0.media = OutgoingMedia(
          kind: .voice, mediaType: "audio/ogg", fileName: "a.ogg", bytes: Array("OggS".utf8))
      }
      _ = try await WhatsAppTalk(port, saying: Reply("Where are you?")).deliver {
        $0.asksForLocation = true
      }
      let ours = standin.calls(.message).dropFirst(count).map(\.body)
      #expect(ours.count == 5)
      for (our, their) in zip(ours, theirs) {
        #expect(Self.shape(our) == Self.shape(their))
      }
    }
  }

  private static func judge(_ standin: WhatsAppAPIStandin) async throws -> JSONValue {
    try await ProviderClients.judge(
      "whatsapp", standin.url, WhatsAppAPIStandin.accessToken, WhatsAppAPIStandin.phoneNumberID,
      WhatsAppSample.person)
  }

  /// Names and types of everything, without ids and our own mark.
  private static func shape(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(var members):
      members["biz_opaque_callback_data"] = nil
      // A list of one section needs no title.
      if members["rows"] != nil { members["title"] = nil }
      return .object(members.filter { $0.key != "preview_url" }.mapValues(shape))
    case .array(let items): return .array(items.map(shape))
    case .string: return "text"
    case .null, .bool, .integer, .number: return value
    }
  }
}
