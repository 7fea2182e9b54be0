import Channels
import Conversation
import Foundation
import Rehearsal
import Standins
import Testing

/// Recorded posts, ours and those kept beside the project.
struct WhatsAppPayloadTests {
  private static let ownFolder = Project.root.appending(path: "Webhooks/whatsapp")
  private static let sharedFolder = Project.shared?.appending(path: "payloads/whatsapp")

  private static let own = [
    "audio": "audio", "batch": "text text text text delivered read", "number_only": "text",
    "button_reply": "choice", "contact": "contact", "document": "document", "edited": "edited",
    "group_text": "notPrivate", "image": "image", "list_reply": "choice",
    "location": "location", "number_changed": "moved", "reaction": "reaction",
    "reaction_removed": "reactionWithdrawn", "revoked": "revoked",
    "status_failed_window": "windowClosed", "status_played": "read", "status_sent": "sent",
    "sticker": "unsupported", "template_button": "text", "text": "text",
    "unknown_field": "unknownField", "unknown_kind": "unsupported",
    "unsupported": "unsupported", "user_id_only": "text", "voice": "voice",
  ]

  private static let shared = [
    "message_contacts": "contact", "message_document": "document", "message_image": "image",
    "message_interactive_button_reply": "choice", "message_interactive_list_reply": "choice",
    "message_location": "location", "message_reaction": "reaction", "message_system": "moved",
    "message_template_button": "text", "message_text": "text",
    "message_text_ad_referral": "text", "message_text_bsuid_only_no_from": "text",
    "message_text_context_product": "text", "message_text_wa_id_and_bsuid": "text",
    "message_unsupported": "unsupported", "message_voice_note": "voice",
    "status_delivered_with_pricing": "delivered", "status_failed_with_errors": "final",
    "status_read": "read",
  ]

  @Test func `our own samples are what they are named`() throws {
    try expectKinds(Self.own, in: Self.ownFolder)
  }

  @Test(.enabled(if: sharedFolder != nil, "the recorded payloads are not beside the project"))
  func `recorded posts are taken as what they are`() throws {
    try expectKinds(Self.shared, in: #require(Self.sharedFolder))
  }

  @Test(.enabled(if: sharedFolder != nil, "the recorded payloads are not beside the project"))
  func `a person is known by number, by the id of their own, or by both`() throws {
    let folder = try #require(Self.sharedFolder)
    let both = try decode(folder.appending(path: "message_text_wa_id_and_bsuid.json"))
    #expect(both.messages.first?.inbound.sender.externalID == "PHONE_NUMBER")
    #expect(both.messages.first?.inbound.sender.otherIDs == ["WHATSAPP_ID", "BSUID_123"])
    let scoped = try decode(folder.appending(path: "message_text_bsuid_only_no_from.json"))
    #expect(scoped.messages.first?.inbound.sender.externalID == "BSUID_123")
    #expect(scoped.messages.first?.inbound.sender.otherIDs == [])
    let voice = try decode(folder.appending(path: "message_voice_note.json"))
    #expect(
      voice.messages.first?.inbound.sender.otherIDs == [
        "US.13491208655302741918", "US.ENT.11815799212886844830",
      ])
  }

  private func expectKinds(_ expected: [String: String], in folder: URL) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }
      .filter { !$0.hasPrefix("signature_") && !$0.hasPrefix("verification_") }
    #expect(Set(names) == Set(expected.keys))
    for (name, kinds) in expected {
      let decoded = try decode(folder.appending(path: name + ".json"))
      #expect(decoded.kinds == kinds, "\(name)")
      #expect(decoded.malformedCount == 0, "\(name)")
    }
  }

  /// As the number the post is for.
  private func decode(_ file: URL) throws -> WhatsAppPost.Decoded {
    let bytes = Array(try Data(contentsOf: file))
    let value = try JSONValue(parsing: bytes)["entry"]?[0]?["changes"]?[0]?["value"]
    let number = value?["metadata"]?["phone_number_id"]?.string ?? ""
    return try WhatsAppPost.decode(bytes, phoneNumberID: number)
  }
}

extension WhatsAppPost.Decoded {
  fileprivate var kinds: String {
    (messages.map(\.inbound.content.kind) + moves.map { _ in "moved" }
      + reports.map(\.state.name) + ignored.map(\.rawValue)).joined(separator: " ")
  }
}

extension DeliveryReport.State {
  fileprivate var name: String {
    switch self {
    case .sent: "sent"
    case .delivered: "delivered"
    case .read: "read"
    case .failed(.final, _): "final"
    case .failed(.passing, _): "passing"
    case .failed(.windowClosed, _): "windowClosed"
    case .failed(.unreachable, _): "unreachable"
    }
  }
}
