package import Conversation
package import Language
package import Logging
import Practice
package import Storage
import Synchronization
package import Transport

/// Language models put together: those that are set up, in their order, behind one port.
package struct ModelDoor: Sendable {
  /// What capabilities ask.
  package let chain: ModelChain
  private let probes: ProbeCache

  /// - Returns: nil when no model is set up.
  package init?(
    _ settings: Settings, client: HTTPClient, database: Database, time: TimeSource, logger: Logger
  ) {
    guard settings.models.isOn else { return nil }
    let providers = Self.providers(settings, client: client)
    guard !providers.isEmpty else { return nil }
    chain = ModelChain(
      providers,
      ledger: ModelLedger(
        database: database, time: time, budget: settings.models.budget, logger: logger))
    probes = ProbeCache(providers)
  }

  static func providers(_ settings: Settings, client: HTTPClient) -> [any ModelProvider] {
    func provider(_ name: Settings.Provider, _ url: String) -> ProviderClient {
      ProviderClient(
        name: name.rawValue, client: client, proxy: settings.outgoing.proxy(for: name, at: url),
        secrets: settings.models.secrets)
    }
    return settings.models.order.compactMap { name in
      switch name {
      case .ollama:
        settings.models.ollama.map {
          OllamaModel(model: $0.model, baseURL: $0.host, client: provider(name, $0.host))
        }
      case .openai:
        settings.models.openAI.map {
          OpenAIModel(
            model: $0.model, baseURL: $0.baseURL, key: $0.key, price: $0.price,
            client: provider(name, $0.baseURL))
        }
      case .kavenegar, .telegram, .tts, .twilio, .whatsapp, .whisper: nil
      }
    }
  }

  /// Whose circuits operators want to see.
  var clients: [ProviderClient] { chain.providers.map(\.client) }

  /// Whether some provider was there the last time it was called; true before the first.
  var isReachable: Bool {
    chain.providers.contains { provider in
      provider.client.circuit != .open
        && chain.lastCall(of: provider)?.isFailure != true
    }
  }

  /// Each provider and whether it is there now, as far as a bounded look tells; asked seldom.
  func status() async -> [(provider: any ModelProvider, probe: ModelProbe)] {
    let probes = await probes.current()
    return Array(zip(chain.providers, probes))
  }
}

extension ModelPulse.Call {
  /// Nobody was there, or said nothing.
  fileprivate var isFailure: Bool { outcome == "unreachable" || outcome == "silent" }
}

/// Looks at the providers at most so often, however many ask.
private final class ProbeCache: Sendable {
  static let lifeMs = 15_000

  private struct Look {
    let at: ContinuousClock.Instant
    let task: Task<[ModelProbe], Never>
  }

  private let providers: [any ModelProvider]
  private let look = Mutex<Look?>(nil)

  init(_ providers: [any ModelProvider]) { self.providers = providers }

  func current() async -> [ModelProbe] {
    let task = look.withLock { look in
      if let look, look.at.duration(to: .now) < .milliseconds(Self.lifeMs) { return look.task }
      let task = Task { [providers] in
        var probes: [ModelProbe] = []
        for provider in providers { probes.append(await provider.probe()) }
        return probes
      }
      look = Look(at: .now, task: task)
      return task
    }
    return await task.value
  }
}

extension ModelDoor {
  /// The models in the role of a tutor, as practising asks them.
  func tutor(_ product: Product) -> TutorModel {
    TutorModel(chain, prompts: product.prompts, personas: product.personas)
  }
}
