import Metrics

/// Calls one provider: through its proxy, with its timeouts, past its circuit breaker, and with its
/// secrets kept out of what is said about the calls.
package struct ProviderClient: Sendable {
  package let name: String

  private let client: HTTPClient
  private let proxy: String?
  private let timeouts: HTTPRequest.Timeouts
  private let mask: SecretMask
  private let breaker: CircuitBreaker
  private let gauge: Gauge

  /// - Parameters:
  ///   - name: in lower case, for metrics and for `/health`.
  ///   - proxy: where all calls go through; nil for none.
  ///   - timeouts: for requests that name none of their own.
  ///   - secrets: what `masked` takes out.
  package init(
    name: String, client: HTTPClient, proxy: String? = nil,
    timeouts: HTTPRequest.Timeouts = HTTPRequest.Timeouts(), secrets: [String] = [],
    breaker: CircuitBreaker = CircuitBreaker()
  ) {
    self.name = name
    self.client = client
    self.proxy = proxy
    self.timeouts = timeouts
    mask = SecretMask(secrets)
    self.breaker = breaker
    gauge = Gauge(label: "parlance_circuit_state", dimensions: [("provider", name)])
    showState()
  }

  package var circuit: CircuitState { breaker.state }

  /// Sends one request and gives its answer, whatever the status.
  ///
  /// - Throws: `circuitOpen` at once while the provider is known to be down.
  package func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    try await guarded { () async throws(HTTPFailure) in
      let response = try await client.send(prepared(request))
      return (response, response.status)
    }
  }

  /// Sends one request and gives its answer as it comes in.
  package func stream(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponseStream {
    try await guarded { () async throws(HTTPFailure) in
      let response = try await client.stream(prepared(request))
      return (response, response.status)
    }
  }

  /// The text without the provider's secrets, for logs and errors.
  package func masked(_ text: String) -> String { mask.masked(text) }

  private func guarded<Answer>(
    _ call: () async throws(HTTPFailure) -> (Answer, status: Int)
  ) async throws(HTTPFailure) -> Answer {
    let permit: Circuit.Permit
    switch breaker.admit() {
    case .allowed(let given): permit = given
    case .refused(let waitMs): throw .circuitOpen(provider: name, waitMs: waitMs)
    }
    do throws(HTTPFailure) {
      let (answer, status) = try await call()
      settle(permit, Circuit.Verdict(status: status))
      return answer
    } catch {
      settle(permit, Circuit.Verdict(error))
      throw error
    }
  }

  private func prepared(_ request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.proxy = request.proxy ?? proxy
    request.timeouts = request.timeouts ?? timeouts
    return request
  }

  private func settle(_ permit: Circuit.Permit, _ verdict: Circuit.Verdict) {
    breaker.settle(permit, verdict)
    showState()
  }

  /// 0 closed, 1 half-open, 2 open.
  private func showState() {
    switch breaker.state {
    case .closed: gauge.record(0)
    case .halfOpen: gauge.record(1)
    case .open: gauge.record(2)
    }
  }
}
