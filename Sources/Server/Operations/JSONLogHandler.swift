import Conversation
import Foundation
package import Logging
import Transport

/// One JSON object a line on standard error. Secrets are masked wherever they turn up.
package struct JSONLogHandler: LogHandler {
  package var metadata = Logger.Metadata()
  package var logLevel = Logger.Level.info
  package var metadataProvider: Logger.MetadataProvider?

  private let label: String
  private let mask: SecretMask
  private let write: @Sendable (String) -> Void

  package init(
    label: String, secrets: [String],
    write: @escaping @Sendable (String) -> Void = JSONLogHandler.writeToStandardError
  ) {
    self.label = label
    mask = SecretMask(secrets)
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var fields: [(String, String)] = [
      ("time", Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))),
      ("level", event.level.rawValue), ("label", label), ("message", event.message.description),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { fields.append((key, "\(value)")) }
    let line = fields.map { "\(JSONText.quoted($0.0)):\(JSONText.quoted(mask.masked($0.1)))" }
    write("{" + line.joined(separator: ",") + "}\n")
  }

  @Sendable package static func writeToStandardError(_ line: String) {
    FileHandle.standardError.write(Data(line.utf8))
  }
}
