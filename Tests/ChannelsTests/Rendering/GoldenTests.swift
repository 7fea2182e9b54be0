import Conversation
import Foundation
import Standins
import Testing

/// What each channel sends for each kind of reply in each language, held against a file that a
/// reader has found good. `PARLANCE_REWRITE_GOLDEN=1` writes the files anew.
struct GoldenTests {
  @Test(arguments: ReplyKind.allCases)
  func `each channel sends what its golden file shows`(_ kind: ReplyKind) async throws {
    var sections: [String] = []
    for channel in Channel.allCases {
      for language in LanguageCode.spoken {
        let sent = try await RenderingStage.sent(kind, on: channel, in: language)
        #expect(!sent.isEmpty)
        let bodies = sent.map { GoldenText.lines($0).joined(separator: "\n") }
        sections.append(
          "== \(channel.rawValue) · \(language.text)\n" + bodies.joined(separator: "\n--\n"))
      }
    }
    let text = sections.joined(separator: "\n\n") + "\n"
    let file = GoldenText.file(kind)
    if GoldenText.isRewriting { try Data(text.utf8).write(to: file) }
    let golden = try String(contentsOf: file, encoding: .utf8)
    let difference = zip(
      text.split(separator: "\n", omittingEmptySubsequences: false),
      golden.split(separator: "\n", omittingEmptySubsequences: false)
    ).first { $0 != $1 }
    #expect(difference == nil)
    #expect(text.unicodeScalars.elementsEqual(golden.unicodeScalars))
  }
}
