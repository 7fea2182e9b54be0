import Conversation
import Foundation
import NIOCore
import Transport

/// Kills the real process under load, again and again, and proves that nothing acknowledged was
/// lost and nothing was done twice.
package struct CrashTest: Sendable {
  private static let stopTimeout = Duration.seconds(25)
  private static let pollInterval = Duration.milliseconds(50)
  private static let secondsPerRoundMax = 30.0
  private static let clientLimits = HTTPClient.Limits(
    runningMax: 1_024, connectionsPerHostMax: 512, connectionsMax: 512)

  private let options: CrashOptions

  package init(_ options: CrashOptions) { self.options = options }

  package func run() async throws -> CrashReport {
    guard FileManager.default.isExecutableFile(atPath: options.binary) else {
      throw CrashFault.missing(options.binary)
    }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("parlance-crash-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let sink = CrashSink(seed: options.seed)
    let listener = try await sink.listen()
    let client = HTTPClient(limits: Self.clientLimits)
    let server = CrashServer(
      binary: options.binary, root: options.root, folder: folder, port: try Stage.freePort(),
      sinkPort: listener.localAddress?.port ?? 0, client: client)
    let outcome = await outcome(of: server, sink)
    try await listener.close()
    await client.shutdown()
    // When it fails, the store and the logs are kept: they are the evidence.
    var report = try outcome.get()
    if report.violations.isEmpty {
      try FileManager.default.removeItem(at: folder)
    } else {
      report.evidence = folder.path
    }
    return report
  }

  private func outcome(
    of server: CrashServer, _ sink: CrashSink
  ) async -> Result<CrashReport, any Error> {
    do { return .success(try await run(server, sink)) } catch { return .failure(error) }
  }

  private func run(_ server: CrashServer, _ sink: CrashSink) async throws -> CrashReport {
    let ledger = CrashLedger()
    let store = CrashStore(
      home: server.home, scratch: server.folder.appendingPathComponent("copy"))
    let senders = senders(server, ledger)
    return try await withThrowingDiscardingTaskGroup { group in
      for sender in senders {
        let random = RandomSource(seed: sender.externalID, Int(options.seed))
        group.addTask { await sender.run(random: random) }
      }
      defer {
        ledger.stop()
        group.cancelAll()
      }
      var killing = CrashKilling(
        options: options, server: server, store: store, sink: sink)
      let begun = ContinuousClock.now
      try await killing.run()
      var report = killing.report
      report.seconds = (ContinuousClock.now - begun) / .seconds(1)
      let last = try await restart(server, &report)
      try await drain(store, ledger, senders: senders, &report)
      try await readHistories(server, senders, ledger, &report)
      await stop(last, &report)
      report.ledger = ledger.record
      report.provider = sink.record
      report.findings = CrashAudit(
        snapshot: try await store.snapshot(), ledger: report.ledger, provider: report.provider,
        kills: killing.inFlight
      ).run()
      checkLoad(&report)
      return report
    }
  }

  private func senders(_ server: CrashServer, _ ledger: CrashLedger) -> [CrashSender] {
    let secondsMax =
      Double(options.rounds) * Self.secondsPerRoundMax + options.drainSecondsMax
    let giveUpAt = ContinuousClock.now + .seconds(secondsMax)
    let chats: [(CrashSender.Channel, Int)] = [
      (.telegram, options.telegramChats), (.webchat, options.webChats),
    ]
    return chats.flatMap { channel, count in
      (0..<count).map { number in
        CrashSender(
          channel: channel, number: number, baseURL: server.baseURL, client: server.client,
          ledger: ledger, giveUpAt: giveUpAt)
      }
    }
  }

  private func restart(
    _ server: CrashServer, _ report: inout CrashReport
  ) async throws -> ChildProcess {
    let start = ContinuousClock.now
    let process = try server.start()
    guard let milliseconds = try await server.milliseconds(untilHealthy: process, since: start)
    else {
      process.send(SIGKILL)
      throw CrashFault.didNotStart(log: server.log.path)
    }
    report.startMilliseconds.append(milliseconds)
    return process
  }

  /// Lets every sender finish its message and the program send every answer.
  private func drain(
    _ store: CrashStore, _ ledger: CrashLedger, senders: [CrashSender],
    _ report: inout CrashReport
  ) async throws {
    let begun = ContinuousClock.now
    ledger.stop()
    let deadline = begun + .seconds(options.drainSecondsMax)
    while ContinuousClock.now < deadline {
      let isQuiet = ledger.record.sent.count == ledger.acknowledgedCount
      if try await store.unsettledCount() == 0, isQuiet { break }
      try await Task.sleep(for: Self.pollInterval)
    }
    report.drainSeconds = (ContinuousClock.now - begun) / .seconds(1)
  }

  private func readHistories(
    _ server: CrashServer, _ senders: [CrashSender], _ ledger: CrashLedger,
    _ report: inout CrashReport
  ) async throws {
    let history = CrashHistory(baseURL: server.baseURL, client: server.client)
    let acknowledged = ledger.record.acknowledged.filter {
      $0.channel == CrashSender.Channel.webchat.rawValue
    }
    for sender in senders where sender.channel == .webchat {
      report.faults += try await history.violations(of: sender, acknowledged: acknowledged)
    }
  }

  private func stop(_ process: ChildProcess, _ report: inout CrashReport) async {
    process.send(SIGTERM)
    let insisting = Task {
      try await Task.sleep(for: Self.stopTimeout)
      process.send(SIGKILL)
    }
    let status = await process.exitStatus()
    insisting.cancel()
    if status != 0 { report.faults.append("SIGTERM ended it with \(status ?? -1)") }
  }

  private func checkLoad(_ report: inout CrashReport) {
    let expected: Set<Int> = [200, 503]
    for (status, count) in report.ledger.statuses where !expected.contains(status) {
      report.faults.append("\(count) messages were answered with \(status)")
    }
    if report.messagesPerSecond < options.messagesPerSecondMin {
      report.faults.append(
        "only \(Int(report.messagesPerSecond)) messages per second: too little load")
    }
  }
}
