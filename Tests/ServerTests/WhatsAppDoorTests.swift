import Standins
import Storage
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct WhatsAppDoorTests {
  private static let path = "/gateway/webhook/whatsapp"

  @Test func `the handshake gives the challenge back as it came`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let answer = try await visitor.running.get(
        Self.path + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
          + WhatsAppVisitor.verifyToken)
      #expect(answer.status == 200)
      #expect(answer.text == "1158201444")
      #expect(answer.headers["Content-Type"]?.hasPrefix("text/plain") == true)
      for (query, status) in [
        ("?hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong", 403),
        ("?hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=meatyhamhock", 403),
        ("?hub.mode=subscribe&hub.challenge=1", 403), ("", 403),
        ("?hub.mode=subscribe&hub.verify_token=meatyhamhock", 422),
      ] {
        #expect(try await visitor.running.get(Self.path + query).status == status, "\(query)")
      }
    }
  }

  @Test func `what is forged is refused before it is read, and nothing is kept`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let body = try WhatsAppVisitor.post([WhatsAppVisitor.text("hi", id: "wamid.1")]).encoded()
      for signature in ["", "sha256=", "sha256=" + String(repeating: "0", count: 64)] {
        #expect(try await visitor.post(body, signature: signature).status == 401)
      }
      let unsigned = try await visitor.running.post(
        Self.path, String(decoding: body, as: UTF8.self))
      #expect(unsigned.status == 401)
      #expect(try await visitor.post(Array("nonsense".utf8), signature: "x").status == 401)
      #expect(try await visitor.count("inbounds") == 0)
      #expect(try await visitor.count("webhook_log") == 0)
    }
  }

  @Test func `each fault has its status`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let sound = try WhatsAppVisitor.post([WhatsAppVisitor.text("hi", id: "wamid.1")]).encoded()
      #expect(try await visitor.post(Array("{".utf8)).status == 400)
      #expect(try await visitor.post(Array(sound.dropLast(5))).status == 400)
      #expect(try await visitor.post(Array("{}".utf8)).status == 422)
      #expect(try await visitor.post(sound, contentType: "text/plain").status == 415)
      let large = [UInt8](repeating: UInt8(ascii: " "), count: 3 << 20) + sound
      #expect(try await visitor.post(large).status == 413)
      let malformed = WhatsAppVisitor.message(["type": "text", "text": [:]], id: "wamid.2")
      #expect(try await visitor.post(WhatsAppVisitor.post([malformed])).status == 422)
      #expect(try await visitor.count("inbounds") == 0)
    }
  }

  @Test func `what is for another number is taken and nothing happens`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let foreign = WhatsAppVisitor.post(
        [WhatsAppVisitor.text("hi", id: "wamid.1")], number: "999")
      let taken = try await visitor.post(foreign)
      #expect(taken.status == 200)
      #expect(try await visitor.count("inbounds") == 0)
      #expect(try await visitor.count("webhook_log") == 0)
    }
  }

  @Test func `a repeat has the status of the first and changes nothing`() async throws {
    try await WhatsAppVisitor.with { visitor in
      let post = WhatsAppVisitor.post([WhatsAppVisitor.text("hi", id: "wamid.1")])
      for _ in 0..<3 {
        let taken = try await visitor.post(post)
        #expect(taken.status == 200)
      }
      #expect(try await visitor.count("inbounds") == 1)
      #expect(try await visitor.count("webhook_log") == 1)
    }
  }

  @Test func `a kind nobody knows is answered kindly`() async throws {
    try await WhatsAppVisitor.with { visitor in
      _ = try await visitor.say("hi")
      let odd = WhatsAppVisitor.message(["type": "hologram", "hologram": [:]], id: "wamid.odd")
      #expect(try await visitor.post(WhatsAppVisitor.post([odd])).status == 200)
      try await visitor.standin.call {
        $0.text?.contains("can't read that kind of message") == true
      }
    }
  }

  @Test func `without WhatsApp the door is shut`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let refused = try await running.get(Self.path + "?hub.mode=subscribe")
      #expect(refused.status == 403)
      #expect(try await running.post(Self.path, "{}").status == 403)
    }
  }
}
