import ArgumentParser
import Bench
import Foundation

struct BenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure speed beside a bare server and aiogram.")

  @Option(
    help: "Only throughput, slow-disk, start, growth, sends, whatsapp-parse, feedback or learning.")
  var only: BenchmarkOptions.Part?

  func run() async throws {
    var options = BenchmarkOptions(binary: CommandLine.arguments[0], root: Launch.root)
    if let only { options.parts = [only] }
    try await BenchmarkSuite.run(options)
  }
}

extension BenchmarkOptions.Part: ExpressibleByArgument {}

struct BareServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: BareServer.commandName, abstract: "The benchmark's ceiling.",
    shouldDisplay: false)

  @Option var port: Int

  func run() async throws { try await BareServer.run(port: port) }
}

struct Load: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Send Telegram updates to a server as fast as it takes them.")

  @Option(help: "The server's address; only one on this machine.")
  var url = "http://127.0.0.1:8080"
  @Option(help: "TELEGRAM_WEBHOOK_SECRET of that server.") var secret: String
  @Option var connections = 64
  @Option var chats = 1_000
  @Option var seconds = 10.0

  func run() async throws {
    var options = LoadOptions(url: url + TelegramLoad.path)
    options.headers = TelegramLoad.headers(secret: secret)
    options.connections = connections
    options.limit = .seconds(seconds)
    let firstUpdateID = Int(Date().timeIntervalSince1970 * 1_000)
    options.body = TelegramLoad(chats: chats, firstUpdateID: firstUpdateID).body
    print(try await LoadGenerator.run(options))
  }
}
