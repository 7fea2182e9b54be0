import Practice
import Rehearsal
import Speech
import Testing

struct PersonaFlowTests {
  @Test func `a persona is chosen, says hello and speaks with its own voice`() async throws {
    let stage = try PracticeStage()
    try stage.begin()
    let list = try stage.say("/persona")
    #expect(list.last?.text.contains("Sam – A friend to chat with") == true)
    #expect(list.last?.buttons.contains { $0.hasPrefix("✅") } == true)
    try stage.press("Sam")
    #expect(try stage.last().text.contains("From now on you practise with Sam."))
    #expect(try stage.last().buttons == ["Talk now", "Menu"])
    try await stage.work()
    #expect(stage.world.now.voices.last?.name == "rms")
    #expect(try stage.say("/persona").last?.buttons.contains("✅ Sam") == true)
  }

  @Test func `a persona can be typed, in either script`() throws {
    let stage = try PracticeStage()
    try stage.begin()
    try stage.say("/persona")
    #expect(try stage.say("سام").last?.text.contains("Sam") == true)
    try stage.say("/persona")
    #expect(try stage.say("nobody").last?.text.contains("choose from the list") == true)
  }

  @Test func `beginners hear it slower`() async throws {
    let rates = try await [("A1", 0), ("B2", 1)].asyncMap { level, _ in
      let stage = try PracticeStage(level: level)
      try stage.begin()
      try stage.say("/persona friendly-peer")
      try await stage.work()
      return stage.world.now.voices.last?.wordsPerMinute ?? 0
    }
    #expect(rates[0] < rates[1])
  }
}

extension Array {
  fileprivate func asyncMap<Value>(
    _ transform: (Element) async throws -> Value
  ) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
