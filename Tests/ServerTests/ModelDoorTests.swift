import Configuration
import Server
import Standins
import Testing
import Transport

@Suite(.timeLimit(.minutes(1)))
struct ModelDoorTests {
  private func settings(_ variables: [String: String]) throws -> Settings {
    try Settings(
      ConfigReader(provider: EnvironmentVariablesProvider(environmentVariables: variables)))
  }

  @Test func `with nothing set there is no model`() throws {
    #expect(try !settings([:]).models.isOn)
  }

  @Test func `a key alone is enough, and an own server needs none`() throws {
    let hosted = try settings(["OPENAI_API_KEY": "sk-1"])
    #expect(hosted.models.openAI?.baseURL == "https://api.openai.com/v1")
    #expect(hosted.secrets == ["sk-1"])
    let own = try settings(["OPENAI_BASE_URL": "http://10.0.0.5:8000/v1/", "OPENAI_MODEL": "qwen"])
    #expect(own.models.openAI?.baseURL == "http://10.0.0.5:8000/v1")
    #expect(own.models.openAI?.key == nil)
  }

  @Test func `Ollama's address may leave out the scheme`() throws {
    let settings = try settings(["OLLAMA_HOST": "10.0.0.5:11434", "OLLAMA_MODEL": "llama3.2"])
    #expect(settings.models.ollama?.host == "http://10.0.0.5:11434")
    #expect(
      try self.settings(["OLLAMA_MODEL": "m"]).models.ollama?.host == "http://127.0.0.1:11434")
  }

  @Test(arguments: [
    (["OLLAMA_HOST": "http://127.0.0.1:1"], "OLLAMA_MODEL"),
    (["OLLAMA_HOST": "two words", "OLLAMA_MODEL": "m"], "OLLAMA_HOST"),
    (["OPENAI_MODEL": "m"], "OPENAI_API_KEY"),
    (["OPENAI_BASE_URL": "ftp://x", "OPENAI_API_KEY": "k"], "OPENAI_BASE_URL"),
    (["OPENAI_BASE_URL": "http://x/v1"], "OPENAI_MODEL"),
    (["OPENAI_API_KEY": "two words"], "OPENAI_API_KEY"),
    (["MODEL_ORDER": "ollama,ollama"], "MODEL_ORDER"),
    (["MODEL_TOKENS_DAILY": "0"], "MODEL_TOKENS_DAILY"),
    (["MODEL_TOKENS_PER_PERSON_DAILY": "many"], "MODEL_TOKENS_PER_PERSON_DAILY"),
    (["OLLAMA_PROXY": "proxy:3128"], "OLLAMA_PROXY"),
  ])
  func `a fault is told by its name`(_ variables: [String: String], _ name: String) {
    let fault = #expect(throws: SettingsFault.self) { try settings(variables) }
    #expect(fault?.problems.count == 1)
    #expect(fault?.problems.first?.contains(name) == true)
  }

  @Test func `operators see who is asked and whether they are there`() async throws {
    let standin = try ModelStandin(.ollama, .silent)
    let home = try TemporaryHome()
    let more = [
      "OLLAMA_HOST": standin.url, "OLLAMA_MODEL": "llama3.2", "OPENAI_MODEL": "gpt-4o-mini",
      "OPENAI_BASE_URL": "http://127.0.0.1:1/v1", "MODEL_ORDER": "openai,ollama",
    ]
    try await RunningProgram.with(home: home, settings: more) { running in
      #expect(try await running.get("/orchestrator/llm-status").status == 401)
      let answer = try await running.get(
        "/orchestrator/llm-status", headers: ["X-Internal-Api-Key": RunningProgram.operatorKey])
      let providers = try #require(try answer.json()["data"]?["providers"]).items
      #expect(providers.map { $0["provider"]?.string } == ["openai", "ollama"])
      #expect(providers.map { $0["state"]?.string } == ["unreachable", "ready"])
      #expect(providers.map { $0["reachable"] } == [false, true])
      #expect(providers[1]["circuit"]?.string == "closed")
      #expect(providers[1]["lastCallMs"] == .null)
      let health = try await running.get("/health").json()["data"]
      #expect(health?["dependencies"]?["model"]?.string == "up")
      #expect(health?["circuits"]?["ollama"]?.string == "closed")
    }
    standin.stop()
  }

  @Test func `without a model the status says so`() async throws {
    let home = try TemporaryHome()
    try await RunningProgram.with(home: home) { running in
      let answer = try await running.get(
        "/orchestrator/llm-status", headers: ["X-Internal-Api-Key": RunningProgram.operatorKey])
      #expect(try answer.json()["data"]?["configured"] == false)
    }
  }
}
