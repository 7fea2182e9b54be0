import Conversation
import Storage

/// What became of a message we sent, as WhatsApp tells it later. The statuses of one message come
/// more than once and in any order.
enum WhatsAppStatus {
  /// Past the year 2100 it is no time.
  private static let secondsMax: Int64 = 4_102_444_800

  /// - Returns: nil for a status nobody knows today.
  static func report(of status: JSONElement) throws(DecodingFault) -> DeliveryReport? {
    guard let id = WhatsAppMessage.name(status["id"]), let kind = status["status"]?.string,
      let seconds = seconds(status["timestamp"])
    else { throw .missingFields }
    let state: DeliveryReport.State
    switch kind {
    case "sent": state = .sent
    case "delivered": state = .delivered
    // A voice message that was played was read.
    case "read", "played": state = .read
    case "failed": state = failure(status["errors"]?.items.first)
    case _: return nil
    }
    return DeliveryReport(
      channel: .whatsapp, providerID: id, state: state,
      at: Timestamp(milliseconds: seconds * 1_000),
      reference: status["biz_opaque_callback_data"]?.string.flatMap(CallReference.init))
  }

  private static func failure(_ error: JSONElement?) -> DeliveryReport.State {
    guard let error else { return .failed(.final, reason: "no reason given") }
    let known = WhatsAppError(code: WhatsAppError.code(error))
    return .failed(known.reportedFailure, reason: known.reason)
  }

  /// A string in the contract; a number is as good.
  private static func seconds(_ timestamp: JSONElement?) -> Int64? {
    guard let timestamp, let value = timestamp.integer ?? timestamp.string.flatMap(Int64.init),
      (0...secondsMax).contains(value)
    else { return nil }
    return value
  }
}
