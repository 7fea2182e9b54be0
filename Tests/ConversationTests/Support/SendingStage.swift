import Conversation
import Rehearsal
import Storage
import Synchronization

/// A rehearsed conversation with the sender's steps in hand, and reports that come in by the door.
struct SendingStage {
  let rehearsal: Rehearsal
  let outbox: Outbox
  let woken = Woken()

  final class Woken: Sendable {
    private let receipts = Mutex<[Receipt]>([])

    var count: Int { receipts.withLock(\.count) }
    func add(_ receipt: Receipt) { receipts.withLock { $0.append(receipt) } }
  }

  init(
    _ rehearsal: Rehearsal, capabilities: Capabilities = Small.windowed,
    rules: WindowRules = .none
  ) {
    self.rehearsal = rehearsal
    outbox = Outbox(channel: rehearsal.channel, capabilities: capabilities, rules: rules)
  }

  /// One who has said hello on a channel that reports, with an answer to be sent.
  static func greeted() throws -> SendingStage {
    let stage = SendingStage(try Small.rehearsal(channel: .whatsapp))
    try stage.rehearsal.say("hello")
    return stage
  }

  func claim(after milliseconds: Int64 = 0) throws -> OutgoingCall? {
    rehearsal.advance(milliseconds: milliseconds)
    return try rehearsal.database.writeBlocking {
      try outbox.claim(at: rehearsal.now, limit: 10, in: $0)
    }.first
  }

  func settle(_ call: OutgoingCall, _ outcome: SendOutcome) throws {
    var random = RandomSource(seed: 1)
    try rehearsal.database.writeBlocking {
      try outbox.settle(
        call, outcome, spacingMs: 0, at: rehearsal.now, random: &random, in: $0)
    }
  }

  /// Claims the next call and has it accepted under that id.
  @discardableResult
  func send(as providerID: String, after milliseconds: Int64 = 0) throws -> OutgoingCall? {
    guard let call = try claim(after: milliseconds) else { return nil }
    try settle(call, .accepted(providerID: providerID))
    return call
  }

  func report(_ reports: [DeliveryReport]) async throws {
    let now = rehearsal.now
    let service = ConversationService(
      database: rehearsal.database, engine: rehearsal.engine, time: TimeSource { now },
      logger: .silent, onCommit: { [woken] in woken.add($0) })
    try await service.report(reports)
  }

  func report(
    _ providerID: String, _ states: DeliveryReport.State..., echoing call: OutgoingCall? = nil
  ) async throws {
    try await report(
      states.map {
        DeliveryReport(
          channel: rehearsal.channel, providerID: providerID, state: $0, at: rehearsal.now,
          reference: call?.reference)
      })
  }

  /// The states of all that was planned, in order.
  func states() throws -> [String] {
    try rehearsal.database.readBlocking { transaction in
      try transaction.all("SELECT state FROM deliveries ORDER BY conversation_id, position")
        .map { try $0.value("state") }
    }
  }

  func value<Value: SQLConvertible>(_ query: SQL) throws -> Value? {
    try rehearsal.value(query)
  }
}
