import Foundation
import Rehearsal
import Standins
import Testing
import Transport

struct PrivacyDoorTests {
  private static let chat = "visitor-0123456789-abcdef"

  private func say(_ text: String, _ id: Int, to program: RunningProgram) async throws -> String {
    let path = "/gateway/webchat/\(Self.chat)"
    let sent = try await program.post(path + "/send", "{\"id\":\"m\(id)\",\"text\":\"\(text)\"}")
    #expect(sent.status == 200)
    return try await program.get(path + "/messages").text
  }

  @Test func `a person fetches their data by a link that works once`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { program in
      _ = try await say("hello", 1, to: program)
      _ = try await say("/privacy", 2, to: program)
      let said = try await say("download", 3, to: program)
      let match = try #require(said.firstMatch(of: #//privacy/export/(?<token>[\w-]+)/#))
      let path = "/privacy/export/\(match.output.token)"
      let file = try await program.get(path)
      #expect(file.status == 200)
      #expect(file.headers["content-type"]?.hasPrefix("application/json") == true)
      #expect(file.headers["content-disposition"]?.contains("parlance-data.json") == true)
      #expect(file.headers["cache-control"] == "no-store")
      #expect(try file.json()["format"]?.string == "parlance-person-1")
      #expect(file.text.contains("hello"))
      #expect(try await program.get(path).status == 404)
    }
  }

  @Test func `guesses find nothing`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { program in
      for token in ["x", String(repeating: "A", count: 43), "..%2F..%2Faccount.key"] {
        let answer = try await program.get("/privacy/export/\(token)")
        #expect(answer.status == 404)
      }
      let posted = try await program.post("/privacy/export/x", "{}")
      #expect(posted.status == 405)
    }
  }

  @Test func `the key for addresses is made once and is nobody else's to read`() async throws {
    let home = try TemporaryHome()
    let path = home.path + "/account.key"
    try await RunningProgram.with(home: home) { _ in }
    let first = FileManager.default.contents(atPath: path)
    #expect(first?.count == 32)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    try await RunningProgram.with(home: home) { _ in }
    #expect(FileManager.default.contents(atPath: path) == first)
  }
}
