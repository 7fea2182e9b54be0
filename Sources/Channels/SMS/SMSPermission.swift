import Conversation
import Storage

/// Whether a bulk may be sent to a number: what the ledger says of its purpose. Asked when the
/// order is taken and again when it is sent, as people may have said stop meanwhile.
struct SMSPermission: Sendable {
  let purpose: Purpose
  let stopList: StopList?

  /// Why a number is not written to, if it is not.
  func objection(of number: PhoneNumber, in database: Transaction) throws -> String? {
    let record = try ConversationRecord.load(
      channel: .sms, externalID: number.e164, in: database)
    guard let record else { return try objection(ofUnknown: number, in: database) }
    if record.stoppedAt != nil { return "they said stop" }
    if record.blockedAt != nil { return "they cannot be reached" }
    guard try !Consent.allows(purpose, record.id, in: database) else { return nil }
    let isWithdrawn = try Consent.newest(purpose, record.id, in: database) != nil
    return isWithdrawn
      ? "they do not want \(purpose.rawValue)" : "they have not agreed to \(purpose.rawValue)"
  }

  /// Nobody has asked for anything from a number that has never written.
  private func objection(
    ofUnknown number: PhoneNumber, in database: Transaction
  ) throws -> String? {
    if try stopList?.holds(number.e164, on: .sms, in: database) == true { return "they said stop" }
    return purpose == .service
      ? nil : "nobody at this number has agreed to \(purpose.rawValue)"
  }
}
