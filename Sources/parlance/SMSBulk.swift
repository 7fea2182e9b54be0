import ArgumentParser
import Server

struct SMSBulk: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sms-bulk",
    abstract: "Send one text by SMS to many numbers, at most five hundred.",
    discussion: "The order is given to the running server, which works it off and refuses who said "
      + "stop or does not allow that purpose. The same --id is the same order: giving it again "
      + "shows what became of it.")

  @Option(help: "A file with a number on each line.")
  var file: String

  @Option(help: "What it is for: service, or reminders or marketing for those who allow that.")
  var purpose: String

  @Option(help: "What to send.")
  var text: String

  @Option(help: "The order's own name: letters, digits, - and _.")
  var id: String

  @Option(help: "The server's address.")
  var url: String?

  func run() async throws {
    let order = SMSBulkOrder(settings: try await Launch.settings(), url: url)
    print(try await order.post(file: file, purpose: purpose, text: text, id: id))
  }
}
