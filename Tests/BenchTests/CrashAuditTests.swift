import Bench
import Testing

/// The audit's own eyes: a clean account passes, and each planted fault is seen.
struct CrashAuditTests {
  @Test func `an account in order has no violations`() {
    let findings = Account().findings
    #expect(findings.violations == [])
    #expect(findings.turns == 3)
    #expect(findings.answered == 3)
  }

  @Test func `an acknowledged message that is not stored is lost`() {
    var account = Account()
    account.ledger.sent.insert(Account.key(9))
    account.ledger.acknowledged.insert(Account.key(9))
    #expect(account.findings.violations == ["lost although acknowledged: telegram 9"])
  }

  @Test func `a message that was never acknowledged is told`() {
    var account = Account()
    account.ledger.acknowledged.remove(Account.key(1))
    #expect(account.findings.violations == ["never acknowledged: telegram 1"])
  }

  @Test func `a message stored under two positions is told`() {
    var account = Account()
    account.inbounds.append(
      .init(position: 7, key: Account.key(3), state: "handled", receivedAt: 30))
    account.deliveries.append(Account.delivery(8, turnAt: 30, providerID: "9"))
    account.position = 8
    #expect(account.findings.violations.contains("stored 2 times: telegram 3"))
  }

  @Test func `a message nobody sent is told`() {
    var account = Account()
    account.ledger.sent.remove(Account.key(2))
    account.ledger.acknowledged.remove(Account.key(2))
    #expect(account.findings.violations == ["sent by nobody: telegram 2"])
  }

  @Test func `a gap in the positions is told`() {
    var account = Account()
    account.position = 7
    #expect(account.findings.violations.count == 1)
    #expect(account.findings.violations.first?.contains("gaps") == true)
  }

  @Test func `a turn without an answer is told`() {
    var account = Account()
    account.deliveries.removeLast()
    account.position = 5
    account.provider = Account.provider(["a", "b"])
    #expect(account.findings.violations == ["not answered: telegram 3 (deliveries: )"])
  }

  @Test func `an answer the provider has never seen is none`() {
    var account = Account()
    account.provider = Account.provider(["a", "b"])
    #expect(account.findings.violations == ["not answered: telegram 3 (deliveries: sent)"])
  }

  @Test(arguments: ["pending", "sending"])
  func `an answer that is still waiting is told`(_ state: String) {
    var account = Account()
    account.deliveries[2] = Account.delivery(6, turnAt: 30, state: state, providerID: nil)
    account.provider = Account.provider(["a", "b"])
    #expect(account.findings.violations.contains("not sent in time: answer 6 of telegram 3"))
  }

  @Test func `a turn that was applied twice is seen by its second answer`() {
    var account = Account()
    account.deliveries.append(Account.delivery(7, turnAt: 31, providerID: "4"))
    account.position = 7
    account.provider = Account.provider(["a", "b", "c", "c"])
    #expect(
      account.findings.violations == ["something was said outside the turn of telegram 3"])
  }

  @Test func `a turn that failed is told`() {
    var account = Account()
    account.inbounds[0] = .init(
      position: 1, key: Account.key(1), state: "failed", receivedAt: 10)
    #expect(account.findings.violations == ["the turn of telegram 1 is failed"])
  }

  @Test func `a turn too many in the webhook log is told`() {
    var account = Account()
    account.webhookLogCount = 4
    #expect(account.findings.violations == ["3 messages but 4 turns in the webhook log"])
  }

  @Test func `a damaged order at the provider is told`() {
    var account = Account()
    account.deliveries[1] = Account.delivery(4, turnAt: 20, providerID: "3")
    account.deliveries[2] = Account.delivery(6, turnAt: 30, providerID: "2")
    #expect(account.findings.violations == ["out of order: message 4, c1"])
  }

  @Test func `a call for a chat that is not stored is told`() {
    var account = Account()
    _ = account.provider.take(99, "to a stranger")
    #expect(account.findings.violations.count == 1)
    #expect(account.findings.violations.first?.contains("chat 99") == true)
  }
}

/// Sending twice, with and without a cause.
struct CrashPassageTests {
  @Test func `a message sent twice without cause is told`() {
    var account = doubled()
    #expect(account.findings.violations == ["sent without cause before message 4, c1"])
    account.kills = [[.init(conversation: "c2", position: 4)]]
    #expect(account.findings.violations == ["sent without cause before message 4, c1"])
  }

  @Test func `a message that was on its way at a kill may come twice`() {
    var account = doubled()
    account.kills = [[.init(conversation: "c1", position: 4)]]
    #expect(account.findings.violations == [])
    #expect(account.findings.duplicatesOfKills == 1)
    #expect(account.findings.duplicatesByKill == [0: 1])
  }

  @Test func `one kill explains one repeat only`() {
    var account = doubled(times: 3)
    account.kills = [[.init(conversation: "c1", position: 4)]]
    #expect(account.findings.violations == ["sent without cause before message 4, c1"])
    #expect(account.findings.duplicatesOfKills == 1)
  }

  @Test func `a kill explains no repeat of a later process`() {
    var account = doubled(life: 1)
    account.kills = [[.init(conversation: "c1", position: 4)], []]
    #expect(account.findings.violations == ["sent without cause before message 4, c1"])
  }

  @Test func `a message whose answer was lost may come twice`() {
    let account = doubled(answerIsLost: true)
    #expect(account.findings.violations == [])
    #expect(account.findings.duplicatesOfHangUps == 1)
  }

  @Test func `a message on its way at a kill must not overtake`() {
    var account = doubled()
    account.kills = [[.init(conversation: "c1", position: 2)]]
    #expect(account.findings.violations == ["out of order: message 2, c1"])
  }

  @Test func `an unknown outcome counts as an answer when the provider has taken it`() {
    var account = Account()
    account.deliveries[2] = Account.delivery(6, turnAt: 30, state: "unknown", providerID: nil)
    account.kills = [[.init(conversation: "c1", position: 6)]]
    #expect(account.findings.violations == [])
    #expect(account.findings.answered == 3)
    #expect(account.findings.duplicatesOfKills == 0)
    account.provider = Account.provider(["a", "b"])
    #expect(account.findings.violations == ["not answered: telegram 3 (deliveries: unknown)"])
  }

  /// The second answer reached the provider several times, the last time as it is stored.
  private func doubled(
    times: Int = 2, life: Int = 0, answerIsLost: Bool = false
  ) -> Account {
    var account = Account()
    account.deliveries[1] = Account.delivery(4, turnAt: 20, providerID: "\(times + 1)")
    account.deliveries[2] = Account.delivery(6, turnAt: 30, providerID: "\(times + 2)")
    account.provider = Account.provider(["a"])
    account.provider.life = life
    for _ in 1..<times {
      _ = account.provider.take(Account.chat, "b", answerIsLost: answerIsLost)
    }
    account.provider.life = life + 1
    _ = account.provider.take(Account.chat, "b")
    _ = account.provider.take(Account.chat, "c")
    return account
  }
}

/// One chat, three messages, three answers, all in order; tests change what they are about.
private struct Account {
  static let chat: Int64 = 5

  var inbounds: [CrashSnapshot.Inbound] = [
    .init(position: 1, key: key(1), state: "handled", receivedAt: 10),
    .init(position: 3, key: key(2), state: "handled", receivedAt: 20),
    .init(position: 5, key: key(3), state: "handled", receivedAt: 30),
  ]
  var deliveries: [CrashSnapshot.Delivery] = [
    delivery(2, turnAt: 10, providerID: "1"), delivery(4, turnAt: 20, providerID: "2"),
    delivery(6, turnAt: 30, providerID: "3"),
  ]
  var position = 6
  var webhookLogCount: Int?
  var ledger = CrashLedger.Record()
  var provider = provider(["a", "b", "c"])
  var kills: [Set<CrashSnapshot.Flight>] = []

  init() {
    ledger.sent = [Self.key(1), Self.key(2), Self.key(3)]
    ledger.acknowledged = ledger.sent
  }

  var findings: CrashAudit.Findings {
    var snapshot = CrashSnapshot()
    snapshot.conversations["c1"] = .init(
      channel: "telegram", externalID: String(Self.chat), position: position)
    snapshot.inbounds["c1"] = inbounds
    snapshot.deliveries["c1"] = deliveries
    snapshot.webhookLogCount = webhookLogCount ?? inbounds.count
    return CrashAudit(snapshot: snapshot, ledger: ledger, provider: provider, kills: kills).run()
  }

  static func key(_ update: Int) -> CrashLedger.Key {
    .init(channel: "telegram", key: String(update))
  }

  static func delivery(
    _ position: Int, turnAt: Int, state: String = "sent", providerID: String?
  ) -> CrashSnapshot.Delivery {
    .init(
      position: position, isMessage: true, state: state, providerID: providerID,
      createdAt: turnAt)
  }

  static func provider(_ texts: [String]) -> CrashSinkRecord {
    var record = CrashSinkRecord()
    for text in texts { _ = record.take(chat, text) }
    return record
  }
}
