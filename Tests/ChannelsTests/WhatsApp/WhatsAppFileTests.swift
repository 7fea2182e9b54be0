import Channels
import Conversation
import Rehearsal
import Standins
import Storage
import Synchronization
import Testing
import Transport

/// Files that go out.
struct WhatsAppFileTests {
  private static let dayMs: Int64 = 86_400_000
  private static let image = OutgoingMedia(
    kind: .image, mediaType: "image/png", fileName: "map.png", bytes: [1, 2, 3])

  @Test(arguments: [OutgoingMedia.Kind.image, .document, .voice])
  func `a file is uploaded and sent by its id`(_ kind: OutgoingMedia.Kind) async throws {
    try await WhatsAppAPIStandin.with { standin in
      let media = OutgoingMedia(
        kind: kind, mediaType: "audio/ogg", fileName: "a \"b\".ogg", bytes: [9, 8, 7])
      let outcomes = try await Self.send(media, "**Look**", TestWhatsApp.port(standin.url))
      guard case .accepted = outcomes.first else {
        Issue.record("\(outcomes)")
        return
      }
      let upload = try #require(standin.calls(.upload).first)
      #expect(upload.file?.bytes == [9, 8, 7])
      let messages = standin.calls(.message)
      switch kind {
      case .image, .document:
        #expect(messages.map(\.type) == [kind.rawValue])
        #expect(messages.first?.text == "*Look*")
      case .voice:
        #expect(messages.map(\.type) == ["audio", "text"])
        #expect(messages.first?.body["audio"]?["voice"] == .bool(true))
      }
      #expect(standin.violations == [])
    }
  }

  @Test func `a flow sends a file with its words, and asks for a place`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let port = TestWhatsApp.port(standin.url)
      _ = try await WhatsAppTalk(port, saying: Reply("Look", media: Self.image)).deliver()
      let voice = OutgoingMedia(
        kind: .voice, mediaType: "audio/ogg", fileName: "a.ogg", bytes: [5])
      _ = try await WhatsAppTalk(port, saying: Reply("Listen", media: voice)).deliver()
      _ = try await WhatsAppTalk(port, saying: Reply("Where?", asksForLocation: true)).deliver()
      #expect(
        standin.calls(.message).map(\.type) == ["image", "audio", "text", "interactive"])
      #expect(
        standin.calls(.message).last?.body["interactive"]?["type"] == "location_request_message")
      #expect(standin.calls(.upload).map { $0.file?.bytes } == [[1, 2, 3], [5]])
      #expect(standin.violations == [])
    }
  }

  @Test func `the same file is uploaded once, another one again`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let port = TestWhatsApp.port(standin.url)
      let other = OutgoingMedia(
        kind: .image, mediaType: "image/png", fileName: "map.png", bytes: [3])
      for media in [Self.image, Self.image, other] { _ = try await Self.send(media, "", port) }
      #expect(standin.calls(.upload).count == 2)
      #expect(standin.calls(.message).count == 3)
      #expect(standin.violations == [])
    }
  }

  @Test func `a file that WhatsApp has lost is uploaded again`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let port = TestWhatsApp.port(standin.url)
      _ = try await Self.send(Self.image, "", port)
      standin.forgetUploads()
      guard case .accepted = try await Self.send(Self.image, "", port).first else {
        Issue.record("not sent")
        return
      }
      #expect(standin.calls(.upload).count == 2)
    }
  }

  @Test func `after a month it is uploaded again unasked`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      let now = Clock(Rehearsal.start)
      let port = TestWhatsApp.port(standin.url, time: TimeSource { now.time })
      _ = try await Self.send(Self.image, "", port)
      now.move(to: Rehearsal.start.adding(milliseconds: 28 * Self.dayMs))
      _ = try await Self.send(Self.image, "", port)
      #expect(standin.calls(.upload).count == 1)
      now.move(to: Rehearsal.start.adding(milliseconds: 30 * Self.dayMs))
      _ = try await Self.send(Self.image, "", port)
      #expect(standin.calls(.upload).count == 2)
    }
  }

  @Test func `an upload that got no answer is no message that may have arrived`() async throws {
    try await WhatsAppAPIStandin.with { standin in
      standin.script(.closeAfter, kind: .upload)
      guard
        case .failed = try await Self.send(Self.image, "", TestWhatsApp.port(standin.url)).first
      else {
        Issue.record("not failed")
        return
      }
      #expect(standin.calls(.message).isEmpty)
    }
  }

  private static func send(
    _ media: OutgoingMedia, _ text: String, _ port: ChannelPort
  ) async throws -> [SendOutcome] {
    try await WhatsAppTalk(port, saying: Reply(text)).deliver { $0.media = media }
  }

  private final class Clock: Sendable {
    private let state: Mutex<Timestamp>

    init(_ time: Timestamp) { state = Mutex(time) }

    var time: Timestamp { state.withLock { $0 } }

    func move(to time: Timestamp) { state.withLock { $0 = time } }
  }
}
