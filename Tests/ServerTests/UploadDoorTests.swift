import Conversation
import Server
import Standins
import Storage
import Testing
import Transport

/// Files that people send from the page, on their way in and back out.
@Suite(.timeLimit(.minutes(1)))
struct UploadDoorTests {
  private static let chat = "visitor_0123456789-abcdef"
  private static let doors = "/gateway/webchat/\(chat)"
  private static let webm: [UInt8] = [0x1A, 0x45, 0xDF, 0xA3] + Array("0123456789".utf8)

  private static func send(
    _ running: RunningProgram, id: String? = "v1", type: String = "audio/webm;codecs=opus",
    _ bytes: [UInt8] = webm, contentType: String? = nil
  ) async throws -> HTTPResponse {
    var form = try MultipartForm.withRandomBoundary()
    if let id { form.addField("id", id) }
    form.addField("seconds", "3")
    form.addFile("file", fileName: "file", contentType: type, bytes: bytes)
    let (formType, body) = form.encoded()
    return try await running.client.send(
      HTTPRequest(
        method: .post, url: running.url + doors + "/send",
        headers: ["Content-Type": contentType ?? formType], body: body))
  }

  private static func newestVoice(_ running: RunningProgram) async throws -> JSONValue? {
    try await running.get(doors + "/messages").json()["messages"]?.items
      .last { $0["from"] == "person" }
  }

  @Test func `a recording is kept, answered once, shown and played in parts`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      #expect(try await Self.send(running).json()["data"]?["status"] == "handled")
      #expect(try await Self.send(running).json()["data"]?["status"] == "duplicate")
      let shown = try #require(try await Self.newestVoice(running))
      #expect(shown["media"]?["kind"] == "voice")
      #expect(shown["clientId"] == "v1")
      let url = try #require(shown["media"]?["url"]?.string)
      let whole = try await running.get(url)
      #expect(whole.status == 200)
      #expect(whole.body == Self.webm)
      #expect(whole.headers["content-type"] == "audio/webm")
      #expect(whole.headers["accept-ranges"] == "bytes")
      for (range, expected, place) in [
        ("bytes=0-3", Self.webm[0..<4], "0-3"), ("bytes=4-", Self.webm[4...], "4-13"),
        ("bytes=-2", Self.webm[12...], "12-13"), ("bytes=10-99", Self.webm[10...], "10-13"),
      ] {
        let part = try await running.get(url, headers: ["Range": range])
        #expect(part.status == 206)
        #expect(part.body == Array(expected))
        #expect(part.headers["content-range"] == "bytes \(place)/14")
      }
      for range in ["bytes=14-", "bytes=-0"] {
        #expect(try await running.get(url, headers: ["Range": range]).status == 416)
      }
      for range in ["bytes=a-b", "bytes=3-1", "bytes=0-1,3-4", "lines=1-2", "bytes="] {
        #expect(try await running.get(url, headers: ["Range": range]).status == 200)
      }
      let strange = url.replacing("visitor", with: "strange")
      #expect(try await running.get(strange).status == 404)
    }
  }

  @Test func `what cannot be taken is refused with its reason`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let foreign = "multipart/form-data; boundary=other"
      let large = Self.webm + [UInt8](repeating: 0, count: IncomingFile.bytesMax)
      let statuses = [
        try await Self.send(running, id: nil).status,
        try await Self.send(running, []).status,
        try await Self.send(running, Array("MZ".utf8)).status,
        try await Self.send(running, type: "image/png").status,
        try await Self.send(running, contentType: "text/plain").status,
        try await Self.send(running, contentType: foreign).status,
        try await Self.send(running, large).status,
      ]
      #expect(statuses == [422, 422, 415, 415, 415, 400, 413])
      let shown = try await running.get(Self.doors + "/messages").json()
      #expect(shown["messages"]?.items == [])
    }
  }

  @Test func `a file that is gone is said to be gone`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      #expect(try await Self.send(running).status == 200)
      _ = try await running.program.database.write { try $0.execute("DELETE FROM received_files") }
      let shown = try #require(try await Self.newestVoice(running))
      #expect(shown["media"]?["url"] == .null)
      #expect(shown["media"]?["kind"] == "voice")
    }
  }

  @Test func `too many files in a row are asked to wait`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      var statuses: [Int] = []
      for number in 0..<24 {
        statuses.append(try await Self.send(running, id: "v\(number)").status)
      }
      #expect(statuses.first == 200)
      #expect(statuses.last == 429)
    }
  }
}
