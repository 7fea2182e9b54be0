import Conversation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Speech
import Storage
import Transport
import UnixSignals

extension Program {
  /// After this long a shutdown stops waiting for what is under way.
  static let shutdownSecondsMax: Int64 = 20
  /// A connection on which nothing happens is closed.
  static let idleSecondsMax: Int64 = 45
  static let connectionsMax = 20_000

  /// Serves until SIGTERM or Ctrl-C, then ends gracefully: no new requests, what is under way is
  /// finished, everything acknowledged is on the disk already.
  ///
  /// - Parameter onRunning: called with the port once messages can be taken.
  package func run(onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) async throws {
    let now = service.time.now()
    try await database.write { [queue, sms, lessons] in
      try queue.enqueue(Maintenance.request, at: now, in: $0)
      try queue.enqueue(lessons.request, at: now, in: $0)
      try queue.hasten(LessonAudioJob.uniqueKey, at: now, in: $0)
      if sms != nil { try queue.enqueue(SMSJobs.pollRequest, at: now, in: $0) }
    }
    var configuration = ServiceGroupConfiguration(
      services: services(onRunning: onRunning).map {
        .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
      },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(Self.shutdownSecondsMax)
    try await ServiceGroup(configuration: configuration).run()
    await speech.worker.stop()
    await client.shutdown()
    await database.close()
  }

  /// Ends `run` as SIGTERM does.
  package func stop() { hub.close() }

  /// In the order they start; they are stopped in the opposite one, the doors first.
  private func services(
    onRunning: @escaping @Sendable (Int) async -> Void
  ) -> [any Service] {
    var services: [any Service] = senders.map { sender in
      Loop(work: sender.run, stop: sender.stop)
    }
    services.append(Loop(work: workers.run, stop: workers.stop))
    if let telegram { services.append(telegram.background(service, commands: commandMenus)) }
    if let whatsApp { services.append(whatsApp.background) }
    services.append(application(onRunning: onRunning))
    services.append(Loop(work: { await hub.waitUntilClosed() }, stop: { hub.close() }))
    return services
  }

  private func application(
    onRunning: @escaping @Sendable (Int) async -> Void
  ) -> some ApplicationProtocol {
    Application(
      router: router(),
      server: .http1(
        configuration: .init(
          additionalChannelHandlers: [ConnectionGuard()],
          idleTimeout: .seconds(Self.idleSecondsMax))),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port),
        availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionsMax)),
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
      logger: logger)
  }
}

/// A loop of ours as the service group sees it.
struct Loop: Service {
  let work: @Sendable () async -> Void
  let stop: @Sendable () -> Void

  func run() async {
    await withGracefulShutdownHandler {
      await work()
    } onGracefulShutdown: {
      stop()
    }
  }
}
