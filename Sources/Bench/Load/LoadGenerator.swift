import Foundation
import NIOCore
import NIOPosix

/// A closed-loop HTTP/1.1 client that costs little beside the server it drives: raw requests, a
/// tiny parser, one thread. Every connection waits for its answer before it sends again.
package struct LoadGenerator: Sendable {
  private static let connectTimeout = TimeAmount.seconds(5)
  /// How long answers are waited for once sending is over.
  private static let answerTimeout = TimeAmount.seconds(5)
  /// The longest run that is limited by a count.
  private static let countedRunMax = TimeAmount.seconds(300)

  private let options: LoadOptions
  private let host: String
  private let port: Int
  private let head: [UInt8]

  package static func run(_ options: LoadOptions) async throws -> LoadReport {
    try await LoadGenerator(options).run()
  }

  private init(_ options: LoadOptions) throws(LoadFault) {
    guard let url = URLComponents(string: options.url), url.scheme == "http", let host = url.host,
      options.connections > 0
    else { throw .urlNotUsable(options.url) }
    self.options = options
    self.host = host
    port = url.port ?? 80
    let path = url.percentEncodedPath.isEmpty ? "/" : url.percentEncodedPath
    let query = url.percentEncodedQuery.map { "?" + $0 } ?? ""
    let headers = options.headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    head = Array(
      ("\(options.method) \(path)\(query) HTTP/1.1\r\nHost: \(host):\(port)\r\n\(headers)"
        + "Content-Length: ").utf8)
  }

  private func run() async throws -> LoadReport {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    var connections: [(channel: any Channel, result: EventLoopFuture<LoadReport>)] = []
    do {
      for index in 0..<options.connections {
        connections.append(try await connect(index, on: loop))
      }
    } catch {
      for connection in connections { connection.channel.close(promise: nil) }
      throw LoadFault.unreachable(host: host, port: port)
    }

    let started = NIODeadline.now()
    let stopSending = started + duration
    let start = LoadConnection.Start(
      stopSending: stopSending, giveUp: stopSending + Self.answerTimeout)
    for connection in connections {
      connection.channel.pipeline.fireUserInboundEventTriggered(start)
    }

    var sum = LoadReport(seconds: 0)
    for connection in connections { sum.add(try await connection.result.get()) }
    sum.seconds = Double((NIODeadline.now() - started).nanoseconds) / 1e9
    return sum
  }

  private var duration: TimeAmount {
    switch options.limit {
    case .seconds(let seconds): .nanoseconds(Int64(seconds * 1e9))
    case .requests: Self.countedRunMax
    }
  }

  private func connect(
    _ index: Int, on loop: any EventLoop
  ) async throws -> (channel: any Channel, result: EventLoopFuture<LoadReport>) {
    let requests = if case .requests(let count) = options.limit { count } else { Int.max }
    let plan = LoadConnection.Plan(
      head: head, body: options.body, stride: options.connections, requests: requests)
    let result = loop.makePromise(of: LoadReport.self)
    do {
      let channel = try await ClientBootstrap(group: loop)
        .channelOption(.tcpOption(.tcp_nodelay), value: 1)
        .connectTimeout(Self.connectTimeout)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(
              LoadConnection(plan: plan, first: index, result: result))
          }
        }
        .connect(host: host, port: port).get()
      return (channel, result.futureResult)
    } catch {
      result.fail(error)
      throw error
    }
  }
}

extension LoadReport {
  fileprivate mutating func add(_ other: LoadReport) {
    latency.add(other.latency)
    statuses.merge(other.statuses, uniquingKeysWith: +)
    unanswered += other.unanswered
  }
}
