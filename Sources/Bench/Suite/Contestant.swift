import Foundation

/// One server under load, with every process that does its work.
struct Contestant: Sendable {
  static let secret = "speed-secret"

  let name: String
  let port: Int
  let processes: [ChildProcess]
  /// Children inherit the signals that the thread which starts them blocks. A Swift program
  /// unblocks them for itself; a peer would keep SIGTERM waiting for ever, so it is killed.
  var stopSignal = SIGKILL

  func usage() throws -> ProcessUsage { try ProcessUsage.of(processes.map(\.processID)) }

  /// With what its processes have started.
  func usageOfFamily() throws -> ProcessUsage {
    try ProcessUsage.of(processes.flatMap { try ProcessUsage.family(of: $0.processID) })
  }

  func stop(on stage: Stage) async {
    for process in processes { await stage.stop(process, with: stopSignal) }
  }
}

/// How each of them is started.
struct Contestants: Sendable {
  let options: BenchmarkOptions
  let stage: Stage
  /// Given to every process that writes to a disk.
  var diskEnvironment: [String: String] = [:]

  func ours(home: URL) async throws -> Contestant {
    let port = try Stage.freePort()
    let child = try await stage.start(
      "parlance", options.binary, ["serve"], environment: environment(home: home, port: port),
      untilListening: port)
    return Contestant(name: "parlance", port: port, processes: [child], stopSignal: SIGTERM)
  }

  func environment(home: URL, port: Int) -> [String: String] {
    let own = [
      "PARLANCE_HOST": "127.0.0.1",
      "PARLANCE_PORT": String(port),
      "PARLANCE_HOME": home.path,
      "PARLANCE_PUBLIC_URL": "https://parlance.example",
      // A new store has the voices of all lessons made ahead, which would be measured as well.
      "PARLANCE_SPEECH_PROGRAM": "/dev/null",
      "TELEGRAM_API_URL": "http://127.0.0.1:\(stage.sinkPort)",
      "TELEGRAM_BOT_TOKEN": "42:speed",
      "TELEGRAM_WEBHOOK_SECRET": Contestant.secret,
    ]
    return own.merging(diskEnvironment) { $1 }
  }

  func bare() async throws -> Contestant {
    let port = try Stage.freePort()
    let child = try await stage.start(
      "bare", options.binary, [BareServer.commandName, "--port", String(port)],
      untilListening: port)
    return Contestant(name: "bare Hummingbird", port: port, processes: [child])
  }

  /// Redis syncs every write before it answers, which is what makes the comparison a fair one.
  func aiogram() async throws -> Contestant {
    let redisPort = try Stage.freePort()
    let data = try await stage.newFolder("redis")
    let redis = try await stage.start(
      "redis", "/usr/bin/redis-server",
      [
        "--bind", "127.0.0.1", "--port", String(redisPort), "--dir", data.path, "--save", "",
        "--appendonly", "yes", "--appendfsync", "always",
      ], environment: diskEnvironment, untilListening: redisPort)
    let port = try Stage.freePort()
    let root = URL(fileURLWithPath: options.root)
    let python = URL(fileURLWithPath: options.python, relativeTo: root)
    let bot = try await stage.start(
      "aiogram", python.path,
      [
        "Tests/Bench/aiogram_peer.py", "--port", String(port), "--redis-port", String(redisPort),
        "--secret", Contestant.secret,
      ], untilListening: port)
    return Contestant(name: "aiogram + Redis", port: port, processes: [bot, redis])
  }
}
