import Configuration
import Foundation
import Learning
import Logging
import Rehearsal
import Server
import Standins
import Storage
import Testing
import Transport

/// Lessons changed over HTTP while people learn, by the whole program.
@Suite(.timeLimit(.minutes(3)))
struct ContentJourneyTests {
  static let lessons = "/api/v1/content/lessons"
  static let key: HTTPHeaders = [
    "X-Internal-Api-Key": RunningProgram.operatorKey, "Content-Type": "application/json",
  ]

  /// A lesson that is not among the files, the first of its level.
  static func yaml(_ title: String = "A letter from Yazd") throws -> String {
    try Project.text("Curriculum/lessons/a1-a-nurses-day.yaml")
      .replacing("id: a1-a-nurses-day", with: "id: a1-test-lesson")
      .replacing("order: 20", with: "order: 1")
      .replacing("\"A nurse's day\"", with: "\"\(title)\"")
      .replacing(
        "word: \"nurse\", meaning: { fa: \"پرستار\" }",
        with: "word: \"caravanserai\", meaning: { fa: \"کاروان‌سرا\" }"
      )
      .replacing("My mother is a nurse.", with: "An old caravanserai.")
  }

  static func body(_ yaml: String, version: Int? = nil, author: String = "Sara") throws -> String {
    var members: [String: JSONValue] = ["yaml": .string(yaml), "author": .string(author)]
    if let version { members["version"] = .integer(Int64(version)) }
    return String(decoding: try JSONValue.object(members).encoded(), as: UTF8.self)
  }

  private func create(_ running: RunningProgram) async throws {
    let made = try await running.post(
      Self.lessons, Self.body(Self.yaml()), headers: Self.key)
    #expect(made.status == 201, "\(made.text)")
  }

  private func publish(_ running: RunningProgram, _ version: Int) async throws {
    let response = try await running.post(
      Self.lessons + "/a1-test-lesson/publish", #"{"version":\#(version),"author":"Omid"}"#,
      headers: Self.key)
    #expect(response.status == 200, "\(response.text)")
  }

  /// What the bot says to a text in the web chat.
  private func say(
    _ text: String, _ number: Int, _ running: RunningProgram
  ) async throws -> [JSONValue] {
    let doors = WebChatDoorTests.doors
    let before = try await running.get(doors + "/messages").json()["messages"]?.items.count ?? 0
    let sent = try await running.post(
      doors + "/send", #"{"id":"m\#(number)","text":"\#(text)"}"#)
    #expect(sent.status == 200)
    let all = try await running.get(doors + "/messages").json()["messages"]?.items ?? []
    return all.dropFirst(before).filter { $0["from"]?.string == "bot" }
  }

  private func titles(_ messages: [JSONValue]) -> [String] {
    messages.last?["choices"]?.items.compactMap { $0["title"]?.string } ?? []
  }

  private func text(_ messages: [JSONValue]) -> String {
    messages.compactMap { $0["text"]?.string }.joined(separator: "\n")
  }

  @Test func `without the key every door is shut`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let one = Self.lessons + "/a1-a-nurses-day"
      for path in [
        Self.lessons, one, one + "/yaml", one + "/history", one + "/statistics",
        "/api/v1/content/export", "/api/v1/content/drafts/x",
      ] {
        #expect(try await running.get(path).status == 401, "\(path)")
        #expect(
          try await running.get(path, headers: ["X-Internal-Api-Key": "wrong"]).status == 401)
      }
      let body = try Self.body(Self.yaml())
      for path in [
        Self.lessons, one + "/publish", one + "/unpublish", "/api/v1/content/import",
        "/api/v1/content/drafts",
      ] {
        #expect(try await running.post(path, body).status == 401, "\(path)")
      }
      #expect(
        try await running.put(one, body, headers: ["Content-Type": "application/json"]).status
          == 401)
      #expect(try await running.post(one + "/yaml", body, headers: Self.key).status == 405)
      let all = try await running.get(Self.lessons, headers: Self.key).json()["data"]
      #expect(all?["lessons"]?.items.contains { $0["id"] == "a1-test-lesson" } == false)
    }
  }

  @Test func `a lesson is published and taken down while people talk, and a restart keeps it`()
    async throws
  {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      for (number, text) in ["hello", "/menu", "/lessons"].enumerated() {
        _ = try await say(text, number, running)
      }
      let wanted = try await running.get("/api/v1/content/audio", headers: Self.key)
        .json()["data"]?["wanted"]?.integer
      try await create(running)
      #expect(try await !titles(say("A1", 10, running)).joined().contains("Yazd"))
      try await publish(running, 1)
      #expect(try await titles(say("A1", 11, running)).first == "A1 · A letter from Yazd")
      let more = try await running.get("/api/v1/content/audio", headers: Self.key)
        .json()["data"]?["wanted"]?.integer
      #expect((more ?? 0) > (wanted ?? 0))
      _ = try await say("/learn a1-test-lesson", 12, running)
      _ = try await say("start", 13, running)

      let down = try await running.post(
        Self.lessons + "/a1-test-lesson/unpublish", #"{"version":1,"author":"Omid"}"#,
        headers: Self.key)
      #expect(try down.json()["data"]?["published"] == .null)
      for number in 0..<10 { _ = try await say("skip", 20 + number, running) }
      let all = try await running.get(WebChatDoorTests.doors + "/messages").text
      #expect(all.contains("Lesson complete"))
      _ = try await say("/lessons", 40, running)
      #expect(try await !titles(say("A1", 41, running)).joined().contains("Yazd"))
      try await publish(running, 1)
    }
    try await RunningProgram.with(home: home) { running in
      _ = try await say("/lessons", 50, running)
      // It has been finished meanwhile.
      #expect(try await titles(say("A1", 51, running)).first == "✅ A1 · A letter from Yazd")
      let events = try await running.get(
        Self.lessons + "/a1-test-lesson/history", headers: Self.key
      ).json()["data"]?["events"]?.items
      #expect(
        events?.map { $0["action"]?.string } == ["published", "unpublished", "published", "saved"])
      #expect(events?.first?["author"] == "Omid")
    }
  }

  @Test func `a change from an older version is a conflict that changes nothing`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      try await create(running)
      let one = Self.lessons + "/a1-test-lesson"
      let second = try Self.yaml("Second")
      let saved = try await running.put(
        one, Self.body(second, version: 1), headers: Self.key)
      #expect(try saved.json()["data"]?["version"]?.integer == 2)
      for version in [1, 3, nil] {
        let late = try await running.put(
          one, Self.body(Self.yaml("Late"), version: version), headers: Self.key)
        #expect(late.status == 409)
        #expect(try late.json()["error"]?["code"] == "conflict")
      }
      let shown = try await running.get(one, headers: Self.key).json()["data"]
      #expect(shown?["yaml"]?.string == second)
      #expect(shown?["version"]?.integer == 2)
      let first = try await running.get(one + "?version=1", headers: Self.key).json()["data"]
      #expect(first?["yaml"]?.string == (try Self.yaml()))
      #expect(try await running.get(one + "?version=9", headers: Self.key).status == 404)
    }
  }

  @Test func `another process changes the store, and the next message sees it`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      for (number, text) in ["hello", "/menu", "/lessons"].enumerated() {
        _ = try await say(text, number, running)
      }
      let author = try #require(Author("Sara"))
      let beside = try Self.program(home)
      let entry = try await beside.content.save(Self.yaml(), by: author)
      _ = try await beside.content.publish(entry.id, entry.version, by: author)
      await beside.close()
      #expect(try await titles(say("A1", 10, running)).first == "A1 · A letter from Yazd")
    }
  }

  @Test func `all that is exported is imported unchanged`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let all = try await running.get("/api/v1/content/export", headers: Self.key)
      let yaml: HTTPHeaders = [
        "X-Internal-Api-Key": RunningProgram.operatorKey, "Content-Type": "application/yaml",
      ]
      let taken = try await running.post(
        "/api/v1/content/import?author=Sara&publish=true", all.text, headers: yaml)
      let entries = try taken.json()["data"]?["lessons"]?.items ?? []
      #expect(entries.count >= 60)
      #expect(entries.allSatisfy { $0["origin"] == "file" && $0["version"]?.integer == 1 })
      let one = try await running.get(
        Self.lessons + "/a1-a-nurses-day/yaml", headers: Self.key)
      #expect(
        one.text == "# version: 1\n" + (try Project.text("Curriculum/lessons/a1-a-nurses-day.yaml"))
      )
      #expect(
        try await running.post("/api/v1/content/import", all.text, headers: yaml).status == 422)
      #expect(
        try await running.post("/api/v1/content/import?author=a", "x", headers: Self.key).status
          == 415)
    }
  }

  @Test func `what is no lesson is refused, each fault with its line`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let wrong = try Self.yaml().replacing("level: A1", with: "level: 7")
        .replacing("answer: By bus", with: "answer: By ship")
      let refused = try await running.post(Self.lessons, Self.body(wrong), headers: Self.key)
      #expect(refused.status == 422)
      let error = try refused.json()["error"]
      #expect(error?["code"] == "unsound_content")
      let lines = error?["details"]?.items.compactMap { $0["line"]?.integer } ?? []
      #expect(lines.contains(2))
      #expect(lines.count >= 2)
      let long = try Self.yaml() + String(repeating: "# filling\n", count: 7_000)
      let hostile: [(String, Int)] = [
        (try Self.body(long), 413),
        (String(repeating: "x", count: 300_000), 413),
        ("{", 400), ("{}", 422), (#"{"yaml":7,"author":"Sara"}"#, 422),
        (try Self.body(Self.yaml(), author: " "), 422),
        (try Self.body("id: a1-x\na: &a [b]\nc: [*a, *a]\n"), 422),
        (try Self.body("id: a1-x\na: " + String(repeating: "[", count: 20_000)), 422),
      ]
      for (body, status) in hostile {
        let answer = try await running.post(Self.lessons, body, headers: Self.key)
        #expect(answer.status == status, "\(body.prefix(60))")
      }
      #expect(
        try await running.post(
          Self.lessons + "/a1-nothing/publish", #"{"version":1,"author":"Omid"}"#,
          headers: Self.key
        ).status == 404)
      #expect(try await running.get("/health").status == 200)
    }
  }

  /// The program once more on the same home, as the command line opens it.
  static func program(_ home: TemporaryHome) throws -> Program {
    var logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    logger.logLevel = .critical
    let settings = try Settings(
      ConfigReader(
        provider: EnvironmentVariablesProvider(
          environmentVariables: ["PARLANCE_HOME": home.path])))
    return try Program.open(
      settings, root: Project.root.path, content: try RunningProgram.content.get(),
      metrics: MetricsRegistry(), logger: logger)
  }
}
