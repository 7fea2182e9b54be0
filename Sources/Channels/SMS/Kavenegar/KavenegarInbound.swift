package import Conversation
package import Storage

/// What Kavenegar tells us, pushed to our door or fetched.
package enum KavenegarInbound {
  package enum Decoded: Sendable, Equatable {
    case inbound(Inbound)
    case report(DeliveryReport, isFinal: Bool)
    /// A service line, or a status that says nothing new.
    case ignored
  }

  /// Reads the fields of a push.
  package static func decode(
    _ form: FormFields, at now: Timestamp
  ) throws(DecodingFault) -> Decoded {
    let (id, message, status, from): (String?, String?, String?, String?)
    do {
      id = try form.value(inAnyCase: "messageid")
      message = try form.value(inAnyCase: "message")
      status = try form.value(inAnyCase: "status")
      from = try form.value(inAnyCase: "from")
    } catch { throw .notJSON }
    guard let id, isID(id) else { throw .missingFields }
    if let status, message == nil {
      guard let code = Int(status) else { throw .missingFields }
      return report(id, code: code, at: now)
    }
    guard let message, let from, !from.isEmpty else { throw .missingFields }
    return inbound(id, from: from, message)
  }

  /// Reads the entries of `sms/receive`.
  static func decode(_ entry: JSONElement) -> (decoded: Decoded, sentAtSeconds: Int64)? {
    guard let id = KavenegarOutcome.id(of: entry), let from = entry["sender"]?.text,
      let message = entry["message"]?.text
    else { return nil }
    return (inbound(id, from: from, message), entry["date"]?.integer ?? 0)
  }

  static func report(_ id: String, code: Int, at now: Timestamp) -> Decoded {
    guard let state = state(code) else { return .ignored }
    let report = DeliveryReport(channel: .sms, providerID: id, state: state, at: now)
    return .report(report, isFinal: isFinal(code))
  }

  /// Whether a status is the last one.
  static func isFinal(_ code: Int) -> Bool {
    switch code {
    case 6, 10, 11, 13, 14, 100: true
    case _: false
    }
  }

  /// Nil for a status that says nothing we did not know.
  private static func state(_ code: Int) -> DeliveryReport.State? {
    switch code {
    case 4, 5: .sent
    case 6: .failed(.final, reason: "6 failed")
    case 10: .delivered
    case 11: .failed(.final, reason: "11 the phone was off or out of reach")
    case 13: .failed(.final, reason: "13 cancelled")
    case 14: .failed(.unreachable, reason: "14 the person has blocked such messages")
    case _: nil
    }
  }

  private static func inbound(_ id: String, from: String, _ message: String) -> Decoded {
    guard let number = PhoneNumber(from) else { return .ignored }
    return .inbound(
      Inbound(
        channel: .sms, key: "kavenegar/\(id)",
        sender: .init(
          externalID: number.e164, languageHint: number.isIranian ? "fa" : nil),
        content: SMSContent.text(message)))
  }

  private static func isID(_ text: String) -> Bool {
    (1...19).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }
}

/// What the text of an SMS is.
enum SMSContent {
  static func text(_ body: String) -> Content {
    guard body.contains(where: { !$0.isWhitespace }) else { return .unsupported(kind: "empty") }
    return CommandText.content(body) ?? .text(body)
  }
}
