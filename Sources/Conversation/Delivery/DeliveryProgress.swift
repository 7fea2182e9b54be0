/// How reports move a delivery. A status never goes backwards:
///
///     pending < sending < unknown < sent < delivered < read
///
/// A failure counts unless the message is known to have arrived, and then it is final: what is
/// reported after it is not believed. A message that is sent again begins anew under the
/// provider's new id; what is said of the old one can then only be good news. One that waits, or
/// was cancelled, after a call of unknown outcome counts as unknown.
enum DeliveryProgress: Equatable {
  case none
  case reached(Delivery.State)
  case failed(DeliveryReport.Failure, reason: String)

  init(of state: Delivery.State, _ report: DeliveryReport.State) {
    switch state {
    case .pending, .sending, .failed, .cancelled: self = .none
    case .unknown, .sent, .delivered, .read:
      switch report {
      case .sent: self = Self.forward(from: state, to: .sent)
      case .delivered: self = Self.forward(from: state, to: .delivered)
      case .read: self = Self.forward(from: state, to: .read)
      case .failed(let failure, let reason):
        let hasArrived = state == .delivered || state == .read
        self = hasArrived ? .none : .failed(failure, reason: reason)
      }
    }
  }

  private static func forward(from state: Delivery.State, to next: Delivery.State) -> Self {
    next.rank > state.rank ? .reached(next) : .none
  }
}

extension Delivery.State {
  /// The order in which a message that arrives goes through them.
  var rank: Int {
    switch self {
    case .pending, .cancelled, .failed: 0
    case .sending: 1
    case .unknown: 2
    case .sent: 3
    case .delivered: 4
    case .read: 5
    }
  }
}

extension DeliveryReport.State {
  /// Whether a later report of the same message takes this one's place.
  func isFollowed(by later: DeliveryReport.State) -> Bool {
    switch DeliveryProgress(of: reached, later) {
    case .none: false
    case .reached, .failed: true
    }
  }

  private var reached: Delivery.State {
    switch self {
    case .sent: .sent
    case .delivered: .delivered
    case .read: .read
    case .failed: .failed
    }
  }
}
