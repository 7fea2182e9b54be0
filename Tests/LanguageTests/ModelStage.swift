import Conversation
import Language
import Logging
import Standins
import Storage
import Transport

/// A chain of models over real HTTP, on a real store, with one person.
final class ModelStage {
  static let person = ID<Person>("p-1")
  static let structure = AnswerSchema.object([
    .init("reply", .text(lengthMax: 200)),
    .init("marks", .array(of: .integer, itemsMax: 3)),
    .init("mood", isRequired: false, .choice(["glad", "sad"])),
  ])
  static let sound = #"{"reply":"Grüße, سلام دوست من!","marks":[1,2]}"#

  let database: Database
  let client = HTTPClient()
  let chain: ModelChain
  private let standins: [ModelStandin]
  private(set) var now = Timestamp(milliseconds: 1_800_000_000_000)

  init(
    _ standins: [(ModelStandin.Wire, ModelStandin)],
    budget: ModelBudget = .standard, price: TokenPrice = TokenPrice(), hasConsent: Bool = true
  ) throws {
    self.standins = standins.map(\.1)
    database = try Database(.memory)
    try database.migrate(ConversationSchema.migrations + ModelSchema.migrations)
    let start = now
    try database.writeBlocking { transaction in
      try Self.add(Self.person, hasConsent: hasConsent, at: start, transaction)
    }
    let client = client
    let providers = standins.map { wire, standin in
      Self.provider(wire, url: standin.url, price: price, client: client)
    }
    chain = ModelChain(
      providers,
      ledger: ModelLedger(
        database: database, time: TimeSource { start }, budget: budget,
        logger: Logger(label: "test")))
  }

  static func provider(
    _ wire: ModelStandin.Wire, url: String, price: TokenPrice = TokenPrice(), client: HTTPClient
  ) -> any ModelProvider {
    switch wire {
    case .ollama:
      OllamaModel(
        model: "llama3.2", baseURL: url, client: ProviderClient(name: "ollama", client: client))
    case .openAI:
      OpenAIModel(
        model: "gpt-4o-mini", baseURL: url + "/v1", key: "sk-test", price: price,
        client: ProviderClient(name: "openai", client: client))
    }
  }

  static func add(
    _ person: ID<Person>, hasConsent: Bool, at now: Timestamp, _ transaction: Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO people (id, language, created_at) VALUES (\(person), 'en', \(now))")
    let conversation = ID<ConversationRecord>("c-" + person.text)
    try add(conversation, of: person, on: "webchat", at: now, transaction)
    guard hasConsent else { return }
    try Consent.record(
      .model, .granted, of: conversation, by: Consent.Evidence(.button), at: now, in: transaction)
  }

  static func add(
    _ conversation: ID<ConversationRecord>, of person: ID<Person>, on channel: String,
    at now: Timestamp, _ transaction: Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO conversations (id, person_id, channel, external_id, stack, owner, epoch,
        position, started_at, seen_at)
      VALUES (\(conversation), \(person), \(channel), \(conversation), '[]', 'bot', 1, 0, \(now),
        \(now))
      """)
  }

  func request(
    deadlineMs: Int64 = 10_000, schema: AnswerSchema? = structure, text: String = "Hello",
    person: ID<Person>? = person
  ) -> ModelRequest {
    ModelRequest(
      task: .partner,
      messages: [.init(role: .system, text: "Be kind."), .init(role: .user, text: text)],
      tokensMax: 100, deadlineMs: deadlineMs, schema: schema, person: person)
  }

  func texts(_ query: SQL) throws -> [String] {
    try database.readBlocking { try $0.all(query).map { try $0.value("value") } }
  }

  var outcomes: [String] {
    get throws {
      try texts("SELECT provider || ':' || outcome AS value FROM model_calls ORDER BY id")
    }
  }

  func stop() async {
    for standin in standins { standin.stop() }
    await client.shutdown()
  }
}

extension LanguageModel {
  func outcome(_ request: ModelRequest) async -> Result<ModelAnswer, ModelFault> {
    do { return .success(try await complete(request)) } catch { return .failure(error) }
  }
}
