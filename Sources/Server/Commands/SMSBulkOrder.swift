import Channels
import Conversation
import Foundation
import Transport

/// Hands a bulk order to the running server.
package struct SMSBulkOrder {
  package struct Failed: Error, CustomStringConvertible {
    package let description: String
  }

  private let settings: Settings
  private let url: String

  package init(settings: Settings, url: String?) {
    self.settings = settings
    self.url = url ?? "http://\(settings.host):\(settings.port)"
  }

  /// - Parameter file: a number on each line; empty lines and what follows a `#` do not count.
  package func post(file: String, purpose: String, text: String, id: String) async throws -> String
  {
    guard let key = settings.internalAPIKey else {
      throw Failed(description: "INTERNAL_API_KEY is not set")
    }
    let numbers = try Self.numbers(in: String(contentsOfFile: file, encoding: .utf8))
    guard numbers.count <= SMSBulk.receptorsMax else {
      throw Failed(
        description: "\(numbers.count) numbers are too many: \(SMSBulk.receptorsMax) at most")
    }
    let items = numbers.map(JSONText.quoted).joined(separator: ",")
    let body = """
      {"id":\(JSONText.quoted(id)),"purpose":\(JSONText.quoted(purpose)),\
      "text":\(JSONText.quoted(text)),"receptors":[\(items)]}
      """
    let client = HTTPClient()
    do {
      let response = try await client.send(
        Transport.HTTPRequest(
          method: .post, url: url + "/api/v1/sms/bulk",
          headers: ["Content-Type": "application/json", "X-Internal-Api-Key": key],
          body: Array(body.utf8)))
      await client.shutdown()
      return "\(response.status) \(String(decoding: response.body, as: UTF8.self))"
    } catch {
      await client.shutdown()
      throw Failed(description: "the server at \(url) did not answer: \(error)")
    }
  }

  static func numbers(in text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let number = line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
      return number.isEmpty ? nil : number
    }
  }
}
