package import Storage

/// The providers that are set up, and which of them a number goes by.
package struct SMSCarriers: Sendable {
  let kavenegar: KavenegarCarrier?
  let twilio: TwilioCarrier?

  package struct Kavenegar: Sendable {
    let client: KavenegarClient
    let sender: String?

    package init(client: KavenegarClient, sender: String?) {
      self.client = client
      self.sender = sender
    }
  }

  package struct Twilio: Sendable {
    let client: TwilioClient
    let sender: String
    let statusURL: String?

    /// - Parameters:
    ///   - sender: a number of ours, or the id of a messaging service.
    ///   - statusURL: where statuses are to be sent; nil when the world cannot reach us.
    package init(client: TwilioClient, sender: String, statusURL: String?) {
      self.client = client
      self.sender = sender
      self.statusURL = statusURL
    }
  }

  package init(kavenegar: Kavenegar?, twilio: Twilio?, database: Database) {
    self.kavenegar = kavenegar.map { KavenegarCarrier(client: $0.client, sender: $0.sender) }
    self.twilio = twilio.map { twilio in
      TwilioCarrier(
        client: twilio.client, sender: twilio.sender, statusURL: twilio.statusURL,
        isTaken: { id, key in
          try await database.read {
            try SMSLedger.isTaken(id, by: .twilio, otherThan: key, in: $0)
          }
        })
    }
  }

  /// Iran's own provider for its numbers, the other one for the rest of the world; Iran's numbers,
  /// too, where there is no other.
  func carrier(for number: PhoneNumber) -> (any SMSCarrier)? {
    if number.isIranian, let kavenegar { return kavenegar }
    return twilio
  }

  func carrier(_ provider: SMSProvider) -> (any SMSCarrier)? {
    switch provider {
    case .kavenegar: kavenegar
    case .twilio: twilio
    }
  }

  var hasBoth: Bool { kavenegar != nil && twilio != nil }
}
