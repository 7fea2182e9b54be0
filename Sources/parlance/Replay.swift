import ArgumentParser
import Foundation
import Server

struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Post a stored or sample payload to the running server once more.",
    discussion: "A repeat changes nothing; give --as-new to have it taken for a new message.")

  @Argument(help: "A sample, such as Webhooks/telegram/text_private.json.")
  var file: String?

  @Option(help: "The number of a stored payload, as /gateway/webhook-logs shows it.")
  var log: Int64?

  @Option(help: "The server's address.")
  var url: String?

  @Option(help: "For web-chat payloads: the id of the chat.")
  var chat: String?

  @Flag(help: "Give the payload an id of its own.")
  var asNew = false

  func validate() throws {
    guard (file == nil) != (log == nil) else {
      throw ValidationError("Name a file or a stored payload.")
    }
  }

  func run() async throws {
    let settings = try await Launch.settings()
    let replay = PayloadReplay(settings: settings, url: url, chatID: chat, isNew: asNew)
    if let file {
      print(try await replay.post(file: file))
    } else if let log {
      print(try await replay.post(stored: log))
    }
  }
}
