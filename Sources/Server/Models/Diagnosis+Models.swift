import Language
import Transport

extension Diagnosis {
  mutating func examineModels(_ settings: Settings) async {
    guard settings.models.isOn else {
      return pass("model", "off (OLLAMA_MODEL, OPENAI_API_KEY): built-in feedback only")
    }
    let client = HTTPClient(caFile: settings.outgoing.caFile)
    for provider in ModelDoor.providers(settings, client: client) {
      let name = provider.client.name
      switch await provider.probe() {
      case .ready: pass(name, "\(provider.model) is there")
      case .modelMissing: fail(name, "it does not know \(provider.model): fetch it, or set another")
      case .refused: fail(name, "it does not take us: check the key and the address")
      case .unreachable:
        fail(name, "it is not reached: check the address, or set \(name.uppercased())_PROXY")
      }
    }
    await client.shutdown()
  }
}
