/// What follows from Kavenegar's codes.
enum KavenegarOutcome {
  static func of(code: Int) -> SMSOutcome {
    let reason = "\(code)"
    return switch code {
    // They cannot just now.
    case 402, 409: .failed(reason: reason)
    case 411: .unreachable(reason: "411 the number is not valid")
    case 418: .creditExhausted
    case 451: .hold(delayMs: SMSOutcome.busyHoldMs, alarm: nil)
    // The account, the key, our address, the sender's line or the interface's address.
    case 401, 403, 404, 405, 407, 412, 416, 424, 426, 427, 429, 430, 432, 501: .misconfigured
    case 500...599: .failed(reason: reason)
    // What this message holds, or how we ask.
    case _: .refused(reason: reason)
    }
  }

  static func of(unreadable status: Int) -> SMSOutcome {
    let reason = "unreadable answer with status \(status)"
    return switch status {
    case 400, 413: .refused(reason: reason)
    case 401, 403, 404: .misconfigured
    case 429: .hold(delayMs: SMSOutcome.busyHoldMs, alarm: nil)
    case _: .uncertain(reason: reason)
    }
  }

  /// The ids of the messages an answer tells of, by receptor.
  static func ids(in entries: JSONElement) -> [PhoneNumber: String] {
    var ids: [PhoneNumber: String] = [:]
    for entry in entries.items {
      guard let id = id(of: entry), let receptor = entry["receptor"]?.text,
        let number = PhoneNumber(receptor)
      else { continue }
      ids[number] = id
    }
    return ids
  }

  static func id(of entry: JSONElement) -> String? {
    guard let id = entry["messageid"]?.text, Int64(id) != nil else { return nil }
    return id
  }
}

extension JSONElement {
  /// What providers write as a number one day and as text the next.
  var text: String? { string ?? integer.map(String.init) }
}
