import Conversation
import Language
import Standins
import Storage
import Testing

struct ModelDataTests {
  private static let other = ID<Person>("p-2")

  private func count(_ stage: ModelStage, _ person: ID<Person>) throws -> [String] {
    try stage.texts(
      """
      SELECT (SELECT count(*) FROM model_calls WHERE person_id = \(person)) || '/' ||
        coalesce((SELECT sum(tokens) FROM model_person_days WHERE person_id = \(person)), 0)
        AS value
      """)
  }

  private func stage() async throws -> ModelStage {
    let stage = try ModelStage([(.openAI, try ModelStandin(.openAI, .answers("Hello.")))])
    let now = stage.now
    try stage.database.writeBlocking {
      try ModelStage.add(Self.other, hasConsent: true, at: now, $0)
    }
    _ = try await stage.chain.complete(stage.request(schema: nil))
    _ = try await stage.chain.complete(stage.request(schema: nil, person: Self.other))
    return stage
  }

  @Test func `two persons' calls are joined and parted`() async throws {
    let stage = try await stage()
    let merge = PersonMerge(survivor: ModelStage.person, absorbed: Self.other, now: stage.now)
    let undo = try stage.database.writeBlocking { try ModelData.keeper.merge(merge, $0) }
    #expect(try count(stage, ModelStage.person) == ["2/76"])
    #expect(try count(stage, Self.other) == ["0/0"])
    try stage.database.writeBlocking { try ModelData.keeper.unmerge(undo, merge, $0) }
    #expect(try count(stage, ModelStage.person) == ["1/38"])
    #expect(try count(stage, Self.other) == ["1/38"])
    await stage.stop()
  }

  @Test func `who is forgotten leaves nothing, and the others' calls stay`() async throws {
    let stage = try await stage()
    let step = try stage.database.writeBlocking {
      try ModelData.keeper.erase(PersonErasure(person: ModelStage.person), $0)
    }
    #expect(step.next == nil)
    #expect(step.counts[.log] == 2)
    #expect(try count(stage, ModelStage.person) == ["0/0"])
    #expect(try count(stage, Self.other) == ["1/38"])
    await stage.stop()
  }

  @Test func `old calls are forgotten in bounded bites`() async throws {
    let stage = try await stage()
    let later = stage.now.adding(milliseconds: 90 * 86_400_000)
    let first = try stage.database.writeBlocking {
      try ModelCallLog.prune(at: later, limit: 1, in: $0)
    }
    #expect(first == 1)
    _ = try stage.database.writeBlocking { try ModelCallLog.prune(at: later, limit: 9, in: $0) }
    #expect(try stage.texts("SELECT outcome AS value FROM model_calls") == [])
    #expect(try stage.texts("SELECT person_id AS value FROM model_person_days") == [])
    await stage.stop()
  }
}
