import Channels
import Conversation

/// What somebody sees of one answer, as their channel shows it.
struct Screen {
  struct Option {
    let title: String
    /// What a press carries; nil where there are no buttons.
    let token: String?
    /// The number before it, where choices are numbered lines.
    let number: Int?
  }

  private static let feedbackSigns: [Character] = ["✅", "🟡", "❌"]
  /// Stand before the number of the open question.
  private static let bars: [Character] = ["▰", "▱", "🔁"]

  /// Everything that was said, without marks and styles.
  let text: String
  let options: [Option]
  /// How a line begins that says which question it is.
  private let places: [String]

  /// A message as it lies in the store.
  struct Message {
    let text: String
    let buttons: [Delivery.Button]
  }

  /// - Throws: `Violation` when the channel could not carry it.
  init(
    _ messages: [Message], on channel: Channel, _ capabilities: Capabilities,
    in language: LanguageCode, listLabels: [LanguageCode: String], places: [String]
  ) throws {
    self.places = places
    var texts: [String] = []
    var options: [Option] = []
    for message in messages {
      let choices = message.buttons.map { Choice(Self.id($0.token), $0.title) }
      let shown = ChannelPreview.messages(
        Reply(message.text, choices: choices), on: channel, capabilities, in: language,
        listLabels: listLabels)
      for preview in shown {
        if let fault = preview.faults.first {
          throw Violation("\(channel.rawValue) cannot carry “\(message.text)”: \(fault)")
        }
        texts.append(Self.plain(preview.text, on: channel))
        let titles = preview.choices.titles
        if titles.count == message.buttons.count, !titles.isEmpty {
          options = zip(titles, message.buttons).map {
            Option(title: $0, token: $1.token, number: nil)
          }
        }
      }
    }
    text = texts.joined(separator: "\n")
    let numbered = texts.reversed().lazy.map(Self.numbered).first { !$0.isEmpty }
    self.options = options.isEmpty ? numbered ?? [] : options
  }

  /// The open question without what was said of the last one.
  var question: String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let place = lines.lastIndex { line in
      places.contains { line.hasPrefix($0) }
    }
    let bar = lines.lastIndex { $0.first.map(Self.bars.contains) ?? false }
    return lines[(place ?? bar ?? 0)...].joined(separator: "\n")
  }

  /// The line that says which question it is.
  var place: String { String(question.prefix { $0 != "\n" }) }

  /// Whether it says what an answer was worth.
  var isJudged: Bool { text.contains { Self.feedbackSigns.contains($0) } }

  func option(called title: String) -> Option? {
    let wanted = Form(title)
    return options.first { Form($0.title) == wanted }
  }

  private static func id(_ token: String) -> String {
    guard !token.hasPrefix("/") else { return token }
    return token.split(separator: ":", maxSplits: 1).last.map(String.init) ?? token
  }

  /// The choices at the end of a message, each on a line of its own behind its number.
  private static func numbered(_ text: String) -> [Option] {
    var options: [Option] = []
    for line in text.split(separator: "\n").reversed() {
      guard let dot = line.firstIndex(of: "."), let number = Int(line[..<dot]),
        line[dot...].hasPrefix(". "), options.first.map({ $0.number == number + 1 }) ?? true
      else { break }
      let title = String(line[dot...].dropFirst(2))
      options.insert(Option(title: title, token: nil, number: number), at: 0)
      if number == 1 { return options }
    }
    return []
  }

  private static func plain(_ text: String, on channel: Channel) -> String {
    var plain = text
    if channel == .telegram {
      for tag in ["<b>", "</b>", "<i>", "</i>", "<code>", "</code>"] {
        plain = plain.replacing(tag, with: "")
      }
      for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
        plain = plain.replacing(entity, with: sign)
      }
    }
    var scalars = String.UnicodeScalarView()
    for scalar in plain.unicodeScalars where !isMark(scalar) { scalars.append(scalar) }
    return String(scalars)
  }

  /// Orders scripts and is not seen.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    ("\u{2066}"..."\u{2069}").contains(scalar) || scalar == "\u{200E}" || scalar == "\u{200F}"
      || scalar == "\u{061C}"
  }
}

extension ChannelPreview.Choices {
  fileprivate var titles: [String] {
    switch self {
    case .none: []
    case .buttons(let titles): titles
    case .list(_, let rows): rows
    }
  }
}

/// A text as it is compared: its letters and digits alone, whatever a channel made of the rest.
struct Form: Hashable {
  let bytes: [UInt8]

  init(_ text: some StringProtocol) {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39, 0x61...0x7A: bytes.append(UInt8(scalar.value))
      case 0x41...0x5A: bytes.append(UInt8(scalar.value) | 0x20)
      case 0..<0x80: break
      // Ties letters within a word, and is left out on cheap channels.
      case 0x200C: break
      // Stands for an underscore where that would be a sign of style.
      case 0x2CD: break
      case _ where scalar.properties.isAlphabetic || scalar.properties.isEmojiPresentation:
        bytes += Array(String(scalar).lowercased().utf8)
      case _: break
      }
    }
    self.bytes = bytes
  }

  var isEmpty: Bool { bytes.isEmpty }

  func contains(_ other: Form) -> Bool {
    guard let first = other.bytes.first, other.bytes.count <= bytes.count else {
      return other.isEmpty
    }
    let count = other.bytes.count
    return bytes.withUnsafeBufferPointer { own in
      other.bytes.withUnsafeBufferPointer { part in
        for start in 0...(own.count - count) where own[start] == first {
          var offset = 1
          while offset < count, own[start + offset] == part[offset] { offset += 1 }
          if offset == count { return true }
        }
        return false
      }
    }
  }
}
