package import Language

extension Settings {
  /// Which language models are asked, in which order, and how much of them may be used.
  package struct Models: Sendable {
    package let ollama: Ollama?
    package let openAI: OpenAI?
    /// Who is asked first.
    package let order: [Provider]
    package let budget: ModelBudget

    package struct Ollama: Sendable {
      /// Without a slash at the end.
      package let host: String
      package let model: String
    }

    package struct OpenAI: Sendable {
      /// Nil for a server of one's own that asks for none.
      package let key: String?
      /// With `/v1`, without a slash at the end.
      package let baseURL: String
      package let model: String
      package let price: TokenPrice
    }

    /// Whether one that is set up is to be asked.
    package var isOn: Bool {
      order.contains { $0 == .ollama ? ollama != nil : openAI != nil }
    }

    var secrets: [String] { [openAI?.key].compactMap { $0 } }
  }
}

extension SettingsCheck {
  private static let ollamaHost = "http://127.0.0.1:11434"
  private static let openAIBaseURL = "https://api.openai.com/v1"
  private static let openAIModel = "gpt-4o-mini"
  private static let tokens = 1_000...1_000_000_000
  private static let cents = 0...10_000_000

  mutating func models() -> Settings.Models {
    let standard = ModelBudget.standard
    return Settings.Models(
      ollama: ollama(), openAI: openAI(), order: modelOrder(),
      budget: ModelBudget(
        tokensPerPersonDaily: integer("MODEL_TOKENS_PER_PERSON_DAILY", in: Self.tokens)
          ?? standard.tokensPerPersonDaily,
        tokensDaily: integer("MODEL_TOKENS_DAILY", in: Self.tokens) ?? standard.tokensDaily,
        centsDaily: integer("MODEL_CENTS_DAILY", in: Self.cents)))
  }

  private mutating func ollama() -> Settings.Models.Ollama? {
    let host = ollamaHost()
    guard let model = text("OLLAMA_MODEL") else {
      if text("OLLAMA_HOST") != nil { report("OLLAMA_MODEL is missing beside OLLAMA_HOST") }
      return nil
    }
    return Settings.Models.Ollama(host: host ?? Self.ollamaHost, model: model)
  }

  /// As Ollama itself reads it, the scheme may be left out.
  private mutating func ollamaHost() -> String? {
    guard let host = text("OLLAMA_HOST") else { return nil }
    guard !host.contains("://") else { return url("OLLAMA_HOST") }
    guard !host.contains(where: { $0.isWhitespace || $0 == "/" }) else {
      return refuse("OLLAMA_HOST must be an address such as http://127.0.0.1:11434")
    }
    return "http://" + host
  }

  private mutating func openAI() -> Settings.Models.OpenAI? {
    let key = text("OPENAI_API_KEY", isSecret: true)
    let baseURL = url("OPENAI_BASE_URL")
    let price = TokenPrice(
      promptCentsPerMillion: integer("OPENAI_PROMPT_CENTS_PER_MILLION", in: Self.cents) ?? 0,
      answerCentsPerMillion: integer("OPENAI_ANSWER_CENTS_PER_MILLION", in: Self.cents) ?? 0)
    let model = text("OPENAI_MODEL")
    guard key != nil || baseURL != nil else {
      if model != nil { report("OPENAI_API_KEY or OPENAI_BASE_URL is missing beside OPENAI_MODEL") }
      return nil
    }
    if let key, key.contains(where: { $0.isWhitespace || !$0.isASCII }) {
      report("OPENAI_API_KEY holds a space or a sign no key has")
    }
    if baseURL != nil, model == nil { report("OPENAI_MODEL is missing beside OPENAI_BASE_URL") }
    return Settings.Models.OpenAI(
      key: key, baseURL: baseURL ?? Self.openAIBaseURL, model: model ?? Self.openAIModel,
      price: price)
  }

  private mutating func modelOrder() -> [Settings.Provider] {
    let standard: [Settings.Provider] = [.ollama, .openai]
    guard let names = list("MODEL_ORDER") else { return standard }
    let order = names.compactMap { name in standard.first { $0.rawValue == name } }
    guard order.count == names.count, Set(order).count == order.count else {
      report("MODEL_ORDER may name ollama and openai, each once, with a comma between")
      return standard
    }
    return order
  }
}
