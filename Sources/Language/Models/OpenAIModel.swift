import Synchronization
package import Transport

/// A model behind OpenAI's interface (`POST {base}/chat/completions`), which many servers speak,
/// each a little differently: what one refuses is left out from then on.
package final class OpenAIModel: ModelProvider {
  /// Refusals of a request's form before it is given up.
  private static let formsMax = 4

  package let model: String
  package let client: ProviderClient
  package let price: TokenPrice
  private let baseURL: String
  private let key: String?
  private let accepted: Mutex<OpenAIForm>

  /// - Parameters:
  ///   - baseURL: with `/v1`, without a slash at the end.
  ///   - key: nil for a server of one's own that asks for none.
  package init(
    model: String, baseURL: String, key: String?, price: TokenPrice, client: ProviderClient
  ) {
    self.model = model
    self.baseURL = baseURL
    self.key = key
    self.price = price
    self.client = client
    accepted = Mutex(OpenAIForm())
  }

  package func answer(
    _ question: ModelQuestion, onText: @Sendable (String) async -> Void
  ) async throws(ModelFault) -> ProviderAnswer {
    var form = accepted.withLock { $0 }
    for _ in 0..<Self.formsMax {
      let request = try ModelCall.request(
        baseURL + "/chat/completions", headers: headers, body: form.body(question, model: model),
        until: question.deadline)
      let response = try await ModelCall.open(request, client)
      if response.status == 400 || response.status == 422 {
        let refusal = await Self.refusal(response)
        guard let simpler = form.simpler(after: refusal, hasSchema: question.schema != nil) else {
          throw .refused(status: response.status)
        }
        form = simpler
        continue
      }
      let answer = try await AnswerStream.read(response, as: .openAI, onText: onText)
      // Only now is it known that the form was what was refused.
      let good = form
      accepted.withLock { $0 = good }
      return answer
    }
    throw .refused(status: 400)
  }

  /// The provider's words about what it did not like, in lower case.
  private static func refusal(_ response: HTTPResponseStream) async -> String {
    var body: [UInt8] = []
    let pieces = response.makeAsyncIterator()
    while body.count < ModelCall.refusalBytesMax {
      do {
        guard let piece = try await pieces.next() else { break }
        body += piece
      } catch { break }
    }
    return String(decoding: body, as: UTF8.self).lowercased()
  }

  private var headers: HTTPHeaders { key.map { ["Authorization": "Bearer \($0)"] } ?? [:] }

  package func probe() async -> ModelProbe {
    guard let response = await ModelCall.probe(baseURL + "/models", headers: headers, client)
    else { return .unreachable }
    switch response.status {
    case 200: return has(model, in: response.body) ? .ready : .modelMissing
    // Not every server can list its models; it is there, and that is all that can be known.
    case 404, 405: return .ready
    case _: return .refused
    }
  }

  private func has(_ model: String, in list: [UInt8]) -> Bool {
    do {
      let names = try JSONReader.value(list)["data"]?.array?.compactMap { $0["id"]?.text }
      return names?.contains(model) ?? false
    } catch { return false }
  }
}
