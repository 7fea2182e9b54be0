import Conversation
import Storage

/// What a person's provider has taken and said of it since.
struct ReportedMessages {
  /// How often the provider took what stands at a position.
  var takenCounts: [Int: Int] = [:]
  /// The program has said that it may go out again.
  var reopened: Set<Int> = []
  /// The program has written down that it arrived.
  var arrived: Set<Int> = []
  /// By the provider's ids.
  var fates: [String: Fate] = [:]

  struct Fate {
    let position: Int
    /// What it will be said to have failed of.
    var failure: DeliveryReport.Failure?
    /// The best the program has been told and acknowledged.
    var bestTold = 0
    /// The program knows the id: its call was settled by it, and nobody sent the message again.
    var isKnown = false
  }

  static let ranks = ["sent": 3, "delivered": 4, "read": 5]
}

/// Providers report later what became of messages, in any order and as often as they like.
extension World {
  private static let pauseMs: ClosedRange<Int64> = 5...3_000
  private static let redeliveryMs: ClosedRange<Int64> = 500...30_000
  private static let pairLimitMs: Int64 = 6_000

  /// The provider takes a message.
  ///
  /// - Parameter endsAtMs: when the program will have its answer.
  func planReports(of flying: FlyingCall, as providerID: String, endsAtMs: Int64) {
    let position = flying.call.delivery.position
    let states = fate(of: flying)
    people[flying.person].reports.takenCounts[position, default: 0] += 1
    var fate = ReportedMessages.Fate(position: position)
    if case .failed(let failure, _) = states[0] { fate.failure = failure }
    people[flying.person].reports.fates[providerID] = fate
    var atMs = chance.strikes(.reportEarly) ? nowMs : endsAtMs
    var times = states.map { _ in
      atMs += chance.between(Self.pauseMs.lowerBound, Self.pauseMs.upperBound)
      return atMs
    }
    if chance.strikes(.reportReordered) { times.reverse() }
    for (state, atMs) in zip(states, times) {
      let report = DeliveryReport(
        channel: lines[flying.line].channel, providerID: providerID, state: state,
        at: Timestamp(milliseconds: Self.startMs + atMs),
        reference: lines[flying.line].channel == .sms ? nil : flying.call.reference)
      agenda.plan(.reportArrives(report, person: flying.person), at: atMs)
      if chance.strikes(.reportRepeated) {
        agenda.plan(
          .reportArrives(report, person: flying.person), at: atMs + chance.between(1, 60_000))
      }
    }
  }

  private func fate(of flying: FlyingCall) -> [DeliveryReport.State] {
    let isFree = flying.call.template == nil && flying.call.delivery.kind == .message
    let isClosed = nowMs > people[flying.person].providerWindowUntilMs
    if lines[flying.line].channel == .sms { return smsFate(of: flying) }
    if isFree, isClosed || chance.strikes(.windowClosedLate) {
      return [.failed(.windowClosed, reason: "131047")]
    }
    if chance.strikes(.pairLimited) {
      return [.failed(.passing(delayMs: Self.pairLimitMs), reason: "131056")]
    }
    if chance.strikes(.messageFailsLate) { return [.failed(.final, reason: "131026")] }
    if chance.strikes(.personGoneLate) {
      people[flying.person].hasBlocked = true
      return [.failed(.unreachable, reason: "131050")]
    }
    return chance.below(2) == 0 ? [.sent, .delivered] : [.sent, .delivered, .read]
  }

  func reportArrives(_ report: DeliveryReport, of number: Int) throws {
    let again = nowMs + chance.between(Self.redeliveryMs.lowerBound, Self.redeliveryMs.upperBound)
    guard isUp else { return agenda.plan(.reportArrives(report, person: number), at: again) }
    guard try takeSMS(report) else {
      return agenda.plan(.reportArrives(report, person: number), at: again)
    }
    let taken = try attempt { interruption in
      try machine.report(report, at: clock, interruption)
    }
    guard let taken else { return agenda.plan(.reportArrives(report, person: number), at: again) }
    journal.note(.reported, at: nowMs, who: number, Int64(taken.position ?? -1))
    try learn(report, taken, of: number)
    if let receipt = taken.receipt { wake(receipt) }
    if chance.strikes(.acknowledgementLost) {
      agenda.plan(.reportArrives(report, person: number), at: again)
    }
  }

  private func learn(
    _ report: DeliveryReport, _ taken: Machine.TakenReport, of number: Int
  ) throws {
    if let rank = report.state.rank {
      let best = people[number].reports.fates[report.providerID]?.bestTold ?? 0
      people[number].reports.fates[report.providerID]?.bestTold = max(best, rank)
    }
    guard let position = taken.position else { return }
    try learnState(taken.stateAfter, before: taken.stateBefore, at: position, of: number)
    if case .failed(let failure, _) = report.state, taken.stateBefore != taken.stateAfter {
      switch failure {
      case .windowClosed: closeWindow(of: number)
      case .unreachable:
        guard taken.isBlocked || taken.hasWritten else {
          throw Violation("who is gone was not noted when it was reported")
        }
      case .final, .passing: break
      }
    }
    if taken.isBlocked, !people[number].isKnownBlocked { learnGone(number) }
  }

  /// What a report has made of a delivery, at once or when its call was settled.
  func learnState(
    _ after: String, before: String, at position: Int, of number: Int
  ) throws {
    if after == "delivered" || after == "read" { people[number].reports.arrived.insert(position) }
    guard after == "pending", before != "pending" else { return }
    guard !people[number].reports.arrived.contains(position) else {
      throw Violation("something that had arrived is to be sent again")
    }
    people[number].reports.reopened.insert(position)
  }

  func learnGone(_ number: Int) {
    people[number].isKnownBlocked = true
    people[number].wasAlwaysServed = false
  }

  /// The program has heard from somebody: it may write freely for a while.
  func openWindow(of number: Int, by content: Content) {
    guard content.counts, let windowMs = lines[people[number].line].capabilities?.windowMs
    else { return }
    people[number].windowUntil = clock.adding(milliseconds: windowMs - Self.windowMarginMs)
  }

  func closeWindow(of number: Int) {
    people[number].windowUntil = people[number].windowUntil.map { min($0, clock) }
  }

  /// At the end the program must believe the best it was told.
  func auditReports(_ database: Transaction) throws {
    for number in people.indices {
      guard let conversation = people[number].conversation else { continue }
      let reports = people[number].reports
      for fate in reports.fates.values
      where fate.isKnown && fate.failure == nil && reports.takenCounts[fate.position] == 1 {
        let row = try database.first(
          """
          SELECT state FROM deliveries
          WHERE conversation_id = \(conversation) AND position = \(fate.position)
          """)
        let state = try row?.value("state", as: String.self) ?? ""
        guard ReportedMessages.ranks[state] ?? 0 == max(3, fate.bestTold) else {
          throw Violation(
            "a delivery of person \(number) is \(state), but was told rank \(fate.bestTold)")
        }
      }
    }
  }
}

extension DeliveryReport.State {
  fileprivate var rank: Int? {
    switch self {
    case .sent: ReportedMessages.ranks["sent"]
    case .delivered: ReportedMessages.ranks["delivered"]
    case .read: ReportedMessages.ranks["read"]
    case .failed: nil
    }
  }
}

extension Content {
  /// Whether the channel counts it as a message of the person's.
  var counts: Bool {
    switch self {
    case .text, .command, .choice, .attachment, .location, .contact, .unsupported: true
    case .edited, .reaction, .blocked, .unblocked: false
    }
  }
}
