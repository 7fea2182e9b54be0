import Conversation

/// Sends by Kavenegar. Every message has a `localid`, so another attempt after an answer was lost
/// gives the record of the first.
struct KavenegarCarrier: SMSCarrier {
  let client: KavenegarClient
  /// The line messages come from; nil for the account's own choice.
  let sender: String?

  let provider = SMSProvider.kavenegar
  let asksForStatus = true
  let batchMax = 200

  func send(_ message: SMSMessage, _ attempt: SMSLedger.Attempt) async -> SMSOutcome {
    guard let receptor = message.to.iranianNational else { return Self.abroad }
    var form = FormWriter()
    form.add("receptor", receptor)
    form.add("message", message.text)
    if let sender { form.add("sender", sender) }
    form.add("localid", message.key.text)
    switch await client.call("sms/send", form) {
    case .accepted(let entries):
      return entries.items.first.flatMap(KavenegarOutcome.id).map(SMSOutcome.accepted)
        ?? .uncertain(reason: "an answer without an id")
    case .refused(let code): return KavenegarOutcome.of(code: code)
    case .unreadable(let status): return KavenegarOutcome.of(unreadable: status)
    case .unanswered(let failure): return .unanswered(failure)
    }
  }

  /// One wrong number has a whole batch refused: it is found by halving.
  func sendBatch(
    _ messages: [(message: SMSMessage, attempt: SMSLedger.Attempt)]
  ) async -> [SMSOutcome] {
    guard messages.count > 1 else {
      guard let only = messages.first else { return [] }
      return [await send(only.message, only.attempt)]
    }
    let outcomes = await sendArray(messages.map(\.message))
    let isRefusedAsOne = outcomes.allSatisfy { $0 == outcomes[0] && $0.concernsReceptor }
    guard isRefusedAsOne else { return outcomes }
    let middle = messages.count / 2
    let first = await sendBatch(Array(messages[..<middle]))
    return first + (await sendBatch(Array(messages[middle...])))
  }

  private static let abroad = SMSOutcome.refused(reason: "Kavenegar sends within Iran only")

  private func sendArray(_ messages: [SMSMessage]) async -> [SMSOutcome] {
    let receptors = messages.compactMap(\.to.iranianNational)
    guard let sender, receptors.count == messages.count else {
      return messages.map { _ in Self.abroad }
    }
    var form = FormWriter()
    form.add("receptor", Self.array(receptors))
    form.add("sender", Self.array(messages.map { _ in sender }))
    form.add("message", Self.array(messages.map(\.text)))
    form.add("localmessageids", "[" + messages.map(\.key.text).joined(separator: ",") + "]")
    switch await client.call("sms/sendarray", form) {
    case .accepted(let entries):
      let ids = KavenegarOutcome.ids(in: entries)
      return messages.map { message in
        ids[message.to].map(SMSOutcome.accepted)
          ?? .uncertain(reason: "an answer without this number")
      }
    case .refused(let code): return messages.map { _ in KavenegarOutcome.of(code: code) }
    case .unreadable(let status):
      return messages.map { _ in KavenegarOutcome.of(unreadable: status) }
    case .unanswered(let failure): return messages.map { _ in .unanswered(failure) }
    }
  }

  private static func array(_ texts: [String]) -> String {
    "[" + texts.map(JSONText.quoted).joined(separator: ",") + "]"
  }
}

extension SMSOutcome {
  /// Whether it says something about one receptor, not about all.
  fileprivate var concernsReceptor: Bool {
    switch self {
    case .unreachable: true
    case .accepted, .hold, .refused, .failed, .uncertain: false
    }
  }
}
