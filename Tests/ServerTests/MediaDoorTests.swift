import Conversation
import Server
import Standins
import Storage
import Testing
import Transport

/// Files that are fetched: by a page, and by a link.
@Suite(.timeLimit(.minutes(1)))
struct MediaDoorTests {
  private static let chat = "visitor_0123456789-abcdef"
  private static let doors = "/gateway/webchat/\(chat)"

  /// Makes the newest message of the bot one with a file.
  private func attach(_ media: OutgoingMedia, _ running: RunningProgram) async throws -> Int {
    let sent = try await running.post(Self.doors + "/send", #"{"id":"1","text":"hello"}"#)
    #expect(sent.status == 200)
    let now = running.program.service.time.now()
    return try await running.program.database.write { transaction in
      let id = try MediaStore.keep(media, at: now, in: transaction)
      let row = try transaction.first(
        """
        UPDATE messages SET media_id = \(id)
        WHERE position = (SELECT max(position) FROM messages) RETURNING position
        """)
      return try row?.value("position") ?? 0
    }
  }

  @Test(arguments: [
    (OutgoingMedia.Kind.image, "image/png", "image/png", "inline"),
    (.voice, "audio/ogg", "audio/ogg", "inline"),
    (.document, "image/png", "image/png", "attachment"),
    (.document, "text/html", "application/octet-stream", "attachment"),
    (.image, "image/svg+xml", "application/octet-stream", "inline"),
  ])
  func `a page fetches the files of its chat, and never as a page`(
    kind: OutgoingMedia.Kind, type: String, shownType: String, disposition: String
  ) async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let media = OutgoingMedia(
        kind: kind, mediaType: type, fileName: "نقشه \"a\"\r\n.png", bytes: [1, 2, 3])
      let position = try await attach(media, running)
      let shown = try await running.get(Self.doors + "/messages").json()["messages"]?.items
      let url = try #require(shown?.last?["media"]?["url"]?.string)
      #expect(url == Self.doors + "/media/\(position)")
      let file = try await running.get(url)
      #expect(file.status == 200)
      #expect(file.body == [1, 2, 3])
      #expect(file.headers["content-type"] == shownType)
      #expect(file.headers["x-content-type-options"] == "nosniff")
      #expect(file.headers["content-security-policy"]?.contains("sandbox") == true)
      let named = try #require(file.headers["content-disposition"])
      #expect(named.hasPrefix("\(disposition); filename=\"____ _a__.png\"; filename*=UTF-8''%"))
      let other = Self.doors.replacing("visitor", with: "strange")
      for path in [other + "/media/\(position)", Self.doors + "/media/1", Self.doors + "/media/x"] {
        #expect(try await running.get(path).status == 404)
      }
      #expect(try await running.post(url, "{}").status == 405)
    }
  }

  @Test func `a link leads to its file until it ends, and guesses to nothing`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let media = OutgoingMedia(
        kind: .document, mediaType: "application/pdf", fileName: "a.pdf", bytes: [5, 6])
      _ = try await attach(media, running)
      let token = String(repeating: "ab", count: 16)
      let now = running.program.service.time.now()
      func open(until end: Int64) async throws -> HTTPResponse {
        _ = try await running.program.database.write { transaction in
          try transaction.execute(
            """
            INSERT OR REPLACE INTO media_links (token, media_id, conversation_id, expires_at)
            SELECT \(token), media_id, conversation_id, \(now.adding(milliseconds: end))
            FROM messages WHERE media_id IS NOT NULL
            """)
        }
        return try await running.get("/media/\(token)")
      }
      let file = try await open(until: 60_000)
      #expect(file.status == 200)
      #expect(file.body == [5, 6])
      #expect(file.headers["cache-control"] == "private, no-store")
      #expect(file.headers["content-disposition"]?.hasPrefix("attachment") == true)
      #expect(try await open(until: 0).status == 404)
      for guess in ["x", String(repeating: "cd", count: 16), "..%2Faccount.key"] {
        #expect(try await running.get("/media/\(guess)").status == 404)
      }
    }
  }
}
