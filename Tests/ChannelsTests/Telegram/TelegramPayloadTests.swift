import Channels
import Conversation
import Foundation
import Rehearsal
import Testing

/// Recorded updates, ours and those kept beside the project.
struct TelegramPayloadTests {
  private static let ownFolder = Project.root.appending(path: "Webhooks/telegram")
  private static let sharedFolder = Project.shared?.appending(path: "payloads/telegram")

  private static let own = [
    "audio": "audio", "blocked": "blocked", "callback_query": "choice", "contact": "contact",
    "document": "document", "edited_message": "edited", "group_text": "notPrivate",
    "location": "location", "photo": "image", "reaction": "reaction",
    "start_deeplink": "command", "sticker": "unsupported", "text_private": "text",
    "unblocked": "unblocked", "unknown_kind": "unknownKind", "video_note": "video",
    "voice": "voice",
  ]

  private static let shared = [
    "callback_query_inline_message_id": "choice", "callback_query_with_message": "choice",
    "channel_post": "unknownKind", "edited_message": "edited", "inline_query": "unknownKind",
    "message_audio_music": "audio", "message_command_group_entities": "notPrivate",
    "message_contact_shared_by_user": "contact", "message_document_pdf_no_filename": "document",
    "message_location": "location", "message_photo": "image",
    "message_start_deeplink": "command", "message_successful_payment": "serviceMessage",
    "message_text_group_plain": "notPrivate", "message_text_private": "text",
    "message_video": "video", "message_voice": "voice",
    "my_chat_member_promoted_supergroup": "notPrivate",
  ]

  @Test func `our own samples are what they are named`() throws {
    try expectKinds(Self.own, in: Self.ownFolder)
  }

  @Test(.enabled(if: sharedFolder != nil, "the recorded payloads are not beside the project"))
  func `recorded updates are taken as what they are`() throws {
    try expectKinds(Self.shared, in: #require(Self.sharedFolder))
  }

  @Test(.enabled(if: sharedFolder != nil, "the recorded payloads are not beside the project"))
  func `a recorded deep link keeps its payload and numbers past 32 bits`() throws {
    let folder = try #require(Self.sharedFolder)
    let link = try decode(folder.appending(path: "message_start_deeplink.json"))
    #expect(link?.content == .command(name: "start", argument: "REF42ABC"))
    let music = try decode(folder.appending(path: "message_audio_music.json"))
    #expect(music?.key == "2342342343242")
  }

  private func expectKinds(_ expected: [String: String], in folder: URL) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix("api_") }
      .map { String($0.dropLast(".json".count)) }
    #expect(Set(names) == Set(expected.keys))
    for (name, kind) in expected {
      let bytes = Array(try Data(contentsOf: folder.appending(path: name + ".json")))
      switch try TelegramUpdate.decode(bytes) {
      case .inbound(let inbound): #expect(inbound.content.kind == kind, "\(name)")
      case .ignored(let reason): #expect(reason.rawValue == kind, "\(name)")
      }
    }
  }

  private func decode(_ file: URL) throws -> Inbound? {
    guard case .inbound(let inbound) = try TelegramUpdate.decode(Array(Data(contentsOf: file)))
    else { return nil }
    return inbound
  }
}
