import Foundation
import Language
import Rehearsal
import Server
import Standins
import Testing
import Transport

/// Drafts of lessons by a language model, from the order to what learners get, by the whole
/// program.
@Suite(.timeLimit(.minutes(3)))
struct DraftJourneyTests {
  private static let drafts = "/api/v1/content/drafts"
  private static let order = """
    {"title":"At the bus stop","level":"A1","category":"travel","aims":["Ask for the next bus"],\
    "author":"Sara"}
    """

  /// What the prompt's own file holds up as a good answer.
  private static func good() throws -> String {
    let prompts = try PromptLibrary.load(
      from: Project.root.appendingPathComponent("Prompts/models"))
    return try #require(prompts.examples(of: .lesson).first).answer.description
  }

  private func ask(
    _ conducts: [ModelStandin.Conduct], _ body: (RunningProgram, JSONValue?) async throws -> Void
  ) async throws -> [JSONValue] {
    let home = try TemporaryHome()
    let model = try ModelStandin(.ollama, conducts)
    defer { model.stop() }
    let settings = ["OLLAMA_HOST": model.url, "OLLAMA_MODEL": "llama3.2"]
    try await RunningProgram.with(home: home, settings: settings) { running in
      let key = ContentJourneyTests.key
      let taken = try await running.post(Self.drafts, Self.order, headers: key)
      #expect(taken.status == 202, "\(taken.text)")
      let id = try #require(try taken.json()["data"]?["id"]?.string)
      // Each look is a request over the network; the suite's time limit ends a draft that never is.
      var draft = try await running.get(Self.drafts + "/" + id, headers: key).json()["data"]
      while draft?["state"] == "waiting" {
        draft = try await running.get(Self.drafts + "/" + id, headers: key).json()["data"]
      }
      try await body(running, draft)
    }
    #expect(model.violations.isEmpty)
    return model.requests
  }

  @Test func `a good draft waits for a person to publish it`() async throws {
    let asked = try await ask([.answers(Self.good())]) { running, draft in
      #expect(draft?["state"] == "done", "\(String(describing: draft))")
      let id = try #require(draft?["lesson"]?.string)
      #expect(id == "a1-at-the-bus-stop")
      let one = ContentJourneyTests.lessons + "/" + id
      let entry = try await running.get(one, headers: ContentJourneyTests.key).json()["data"]
      #expect(entry?["origin"] == "model")
      #expect(entry?["published"] == .null)
      let nobody = try await running.post(
        one + "/publish", #"{"version":1}"#, headers: ContentJourneyTests.key)
      #expect(nobody.status == 422)
      let approved = try await running.post(
        one + "/publish", #"{"version":1,"author":"Omid"}"#, headers: ContentJourneyTests.key)
      #expect(try approved.json()["data"]?["published"]?.integer == 1)
      let events = try await running.get(one + "/history", headers: ContentJourneyTests.key)
        .json()["data"]?["events"]?.items
      #expect(events?.map { $0["author"] } == ["Omid", "Sara"])
      #expect(events?.last?["origin"] == "model")
    }
    #expect(asked.count == 1)
  }

  @Test func `a draft with a fault is asked for once more, with what was wrong`() async throws {
    let faulty = try Self.good().replacing("\"answer\":\"Does\"", with: "\"answer\":\"Did\"")
    let asked = try await ask([.answers(faulty), .answers(Self.good())]) { _, draft in
      #expect(draft?["state"] == "done", "\(String(describing: draft))")
    }
    #expect(asked.count == 2)
    let last = try #require(asked.last?["messages"]?.items.last?["content"]?.string)
    #expect(last.contains("is not among the options"))
  }

  @Test(arguments: ["{\"title_en\":7}", "I would love to write a lesson!", "faulty twice"])
  func `what is no lesson the second time is told as such`(answer: String) async throws {
    let text =
      answer == "faulty twice"
      ? try Self.good().replacing("\"answer\":\"Does\"", with: "\"answer\":\"Did\"") : answer
    let asked = try await ask([.answers(text)]) { running, draft in
      #expect(draft?["state"] == "failed")
      #expect(draft?["lesson"] == .null)
      #expect(draft?["fault"]?.string?.isEmpty == false)
      let id = ContentJourneyTests.lessons + "/a1-at-the-bus-stop"
      let kept = try await running.get(id, headers: ContentJourneyTests.key)
      #expect(kept.status == 404)
    }
    #expect(asked.count == 2)
  }

  @Test func `without a model, or without a sensible order, it is refused`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let refused = try await running.post(
        Self.drafts, Self.order, headers: ContentJourneyTests.key)
      #expect(refused.status == 422)
      #expect(
        try refused.json()["error"]?["message"]?.string?.contains("no language model") == true)
      for wrong in ["\"A1\"", "\"travel\"", "[\"Ask for the next bus\"]", "\"Sara\""] {
        let body = Self.order.replacing(wrong, with: "\"\"")
        let answer = try await running.post(
          Self.drafts, body, headers: ContentJourneyTests.key)
        #expect(answer.status == 422)
      }
    }
  }
}
