/// Why there is no answer. Descriptions hold the host at most: paths and queries carry secrets.
package enum HTTPFailure: Error, Equatable, Sendable {
  package enum Obstacle: String, Sendable {
    /// The peer is not who it should be, or cannot prove it.
    case certificate
    case connection, nameResolution, proxy, security
  }

  package enum Loss: String, Sendable {
    case connectionLost, notHTTP, timedOut
  }

  package enum Fault: String, Sendable {
    case body, headers, limits, proxy, url
  }

  /// No connection: nothing of the request was sent.
  case couldNotReach(host: String, Obstacle)
  /// Time ran out while waiting for a connection: nothing of the request was sent.
  case timedOutBeforeSending(host: String)
  /// The request went out, at least in part, and no whole answer came back.
  case outcomeUnknown(host: String, Loss)
  /// The peer answered with more than was allowed.
  case responseTooLarge(host: String, limitBytes: Int)
  /// The request cannot be sent by anybody.
  case invalidRequest(Fault)
  /// The calling task was cancelled.
  case cancelled(mayHaveReachedPeer: Bool)
  /// The provider is known to be down; nothing was tried.
  case circuitOpen(provider: String, waitMs: Int)
  /// Too many requests are waiting already.
  case overloaded
  /// The client was shut down.
  case closed(mayHaveReachedPeer: Bool)

  /// Whether the peer can have seen the request and acted on it.
  package var mayHaveReachedPeer: Bool {
    switch self {
    case .circuitOpen, .couldNotReach, .timedOutBeforeSending, .invalidRequest, .overloaded: false
    case .outcomeUnknown, .responseTooLarge: true
    case .cancelled(let mayHaveReachedPeer), .closed(let mayHaveReachedPeer): mayHaveReachedPeer
    }
  }
}

extension HTTPFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .couldNotReach(let host, let obstacle):
      "\(host) could not be reached (\(obstacle.rawValue))"
    case .timedOutBeforeSending(let host):
      "\(host) could not be reached in time"
    case .outcomeUnknown(let host, let loss):
      "\(host) gave no answer to a request that was sent (\(loss.rawValue))"
    case .responseTooLarge(let host, let limitBytes):
      "\(host) answered with more than \(limitBytes) bytes"
    case .invalidRequest(let fault):
      "the request cannot be sent: invalid \(fault.rawValue)"
    case .cancelled(let mayHaveReachedPeer):
      mayHaveReachedPeer ? "cancelled after sending" : "cancelled before sending"
    case .circuitOpen(let provider, let waitMs):
      "\(provider) was not reached lately and is not tried for another \(waitMs) ms"
    case .overloaded:
      "too many requests are waiting"
    case .closed(let mayHaveReachedPeer):
      mayHaveReachedPeer ? "the client closed after sending" : "the client is closed"
    }
  }
}
