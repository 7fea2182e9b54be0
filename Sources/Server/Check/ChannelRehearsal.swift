import Accounts
import Channels
package import Conversation
import Foundation
import Language
import Learning
import Synchronization

/// Everything the bot says as one channel would show it, and what the channel could not carry.
package struct ChannelRehearsal: Sendable {
  /// Room on a screen for the titles of a row of buttons.
  private static let rowWidth = 60

  package private(set) var lines: [String] = []
  package private(set) var faults: [String] = []
  /// How many languages were looked at; 0 when the one asked for is not spoken.
  package private(set) var languageCount = 0
  private var stepCount = 0
  private var messageCount = 0
  private var segmentCount = 0
  private var dearest = 0

  private let channel: Channel
  private let capabilities: Capabilities
  private let listLabels: [LanguageCode: String]

  private init?(_ channel: Channel, _ product: Product) {
    guard let capabilities = Product.capabilities[channel] else { return nil }
    self.channel = channel
    self.capabilities = capabilities
    listLabels = product.listLabels
  }

  /// Every step of every flow, then every phrase with sample values.
  ///
  /// - Parameter language: nil for all languages.
  /// - Throws: `ContentFaults` or a `PhraseFault` when the content cannot be read.
  package static func run(
    root: String, channel: Channel, language: LanguageCode?
  ) throws -> ChannelRehearsal? {
    let (product, lessons) = try load(root: root)
    guard var rehearsal = ChannelRehearsal(channel, product) else { return nil }
    let catalogues = product.phrasebook.languages.filter {
      language == nil || $0.language == language
    }
    for catalogue in catalogues {
      let steps = try StepWalk.run(product, lessons: lessons, on: channel, in: catalogue.language)
      for step in steps { rehearsal.show(step.reply, "step \(step.flow)", catalogue.language) }
      for key in catalogue.keys.sorted() {
        guard let text = PhraseCheck.sample(key, catalogue) else { continue }
        rehearsal.show(Reply(text), "phrase \(key)", catalogue.language)
      }
    }
    rehearsal.languageCount = catalogues.count
    rehearsal.summarise()
    return rehearsal
  }

  /// What each channel could not carry of what is said in all languages.
  static func faults(root: String) throws -> (faults: [String], count: String) {
    let (product, lessons) = try load(root: root)
    var faults: [String] = []
    var stepCount = 0
    for catalogue in product.phrasebook.languages {
      // The one with the most rules of its own says all that the others say.
      let steps = try StepWalk.run(
        product, lessons: lessons, on: .whatsapp, in: catalogue.language)
      stepCount += steps.count
      for channel in Product.capabilities.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
        guard var rehearsal = ChannelRehearsal(channel, product) else { continue }
        for step in steps { rehearsal.show(step.reply, "step \(step.flow)", catalogue.language) }
        faults += rehearsal.faults
      }
    }
    return (faults, "\(stepCount) on \(Product.capabilities.count) channels")
  }

  private static func load(root: String) throws -> (Product, lessons: [String]) {
    // Codes made here open nothing, as they end with the store in memory; the same in every run.
    let bytes = SampleBytes()
    let keys = AccountKeys(
      secret: [UInt8](repeating: 0, count: AccountKeyFile.keyBytes), bytes: bytes.take)
    let content = try ProductContent.load(root: root)
    let product = Product.make(
      content, keys: keys,
      reach: Accounts.Reach(publicURL: "https://tutor.example", localURL: "http://127.0.0.1:8080"))
    return (product, content.curriculum.lessons.map(\.id))
  }

  private mutating func show(_ reply: Reply, _ place: String, _ language: LanguageCode) {
    stepCount += 1
    let messages = ChannelPreview.messages(
      reply, on: channel, capabilities, in: language, listLabels: listLabels)
    lines.append("── \(language.text) · \(place)")
    for message in messages {
      messageCount += 1
      lines += message.text.split(separator: "\n", omittingEmptySubsequences: false).map {
        "│ \($0)"
      }
      lines += Self.rows(message.choices)
      lines.append("  " + cost(message))
      faults += message.faults.map { "\(channel.rawValue) \(language.text) \(place): \($0)" }
    }
    lines.append("")
  }

  private static func rows(_ choices: ChannelPreview.Choices) -> [String] {
    switch choices {
    case .none: return []
    case .list(let label, let rows): return ["  [\(label) ▾]"] + rows.map { "    ○ \($0)" }
    case .buttons(let titles):
      var rows = [""]
      for title in titles.map({ "[\($0)]" }) {
        let row = rows.removeLast()
        rows +=
          row.isEmpty || row.count + title.count < rowWidth
          ? [row + (row.isEmpty ? "  " : " ") + title] : [row, "  " + title]
      }
      return rows
    }
  }

  private mutating func cost(_ message: ChannelPreview) -> String {
    let length = "\(message.text.utf16.count) characters"
    guard let segments = message.segments else { return length }
    segmentCount += segments.count
    dearest = max(dearest, segments.count)
    return "\(length), \(segments.encoding.rawValue), \(segments.count) "
      + (segments.count == 1 ? "segment" : "segments")
  }

  private mutating func summarise() {
    var summary =
      "\(channel.rawValue): \(stepCount) texts in \(languageCount) languages, "
      + "\(messageCount) messages"
    if channel == .sms { summary += ", \(segmentCount) segments, at most \(dearest) for one" }
    lines.append(summary)
    lines += faults
    lines.append(faults.isEmpty ? "No faults." : "\(faults.count) faults.")
  }
}

/// Bytes for codes that are only looked at.
private final class SampleBytes: Sendable {
  private let random = Mutex(RandomSource(seed: 1))

  @Sendable func take(_ count: Int) -> [UInt8] {
    random.withLock { random in (0..<count).map { _ in .random(in: 0 ... .max, using: &random) } }
  }
}
