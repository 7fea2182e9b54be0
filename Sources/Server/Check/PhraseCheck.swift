import Channels
import Conversation
import Foundation

/// Holds the languages against the code, against English, and against each channel's limits.
struct PhraseCheck {
  /// Titles of buttons stay this short: a phone shows two beside each other, and WhatsApp's lists
  /// end there.
  static let buttonTitleLengthMax = 24
  /// What a gap may be filled with when lengths are judged: a long name.
  static let sampleValue = String(repeating: "m", count: 60)
  /// On buttons only numbers are filled in.
  static let sampleNumber = "60"

  let catalogues: [PhraseCatalogue]
  let phrases: [any Phrase]
  let channels: [Channel: Capabilities]

  var faults: [PhraseFault] {
    catalogues.flatMap { missing($0) + unknown($0) + differing($0) + tooLong($0) }
  }

  var costs: [ContentCheck.SMSCost] {
    catalogues.flatMap { catalogue in
      catalogue.keys.sorted().compactMap { key in
        Self.sample(key, catalogue).map { text in
          ContentCheck.SMSCost(
            place: "\(catalogue.file) \(key)",
            segments: SMSSegments(SMSText.plain(text, language: catalogue.language)))
        }
      }
    }
  }

  private var english: PhraseCatalogue? {
    catalogues.first { $0.language == Phrasebook.fallbackLanguage }
  }

  private func missing(_ catalogue: PhraseCatalogue) -> [PhraseFault] {
    phrases.map { $0.rawValue }.filter { catalogue.template($0) == nil }.map {
      PhraseFault(file: catalogue.file, line: 1, problem: "`\($0)` is missing")
    }
  }

  /// A text nobody says is a text nobody keeps up to date.
  private func unknown(_ catalogue: PhraseCatalogue) -> [PhraseFault] {
    let known = Set(phrases.map { $0.rawValue })
    return catalogue.keys.subtracting(known).sorted().map {
      fault($0, catalogue, "is not said by anything")
    }
  }

  private func differing(_ catalogue: PhraseCatalogue) -> [PhraseFault] {
    catalogue.keys.sorted().compactMap { key in
      guard let own = catalogue.template(key), let model = english?.template(key) else {
        return nil
      }
      let extra = Set(own.variables).subtracting(model.variables)
      guard !extra.isEmpty else { return nil }
      return fault(key, catalogue, "has a gap that English has not: \(extra.sorted())")
    }
  }

  private func tooLong(_ catalogue: PhraseCatalogue) -> [PhraseFault] {
    let buttons = Set(phrases.filter { $0.isButton }.map { $0.rawValue })
    return catalogue.keys.sorted().flatMap { key -> [PhraseFault] in
      guard let text = Self.sample(key, catalogue) else { return [] }
      var faults: [PhraseFault] = []
      for (channel, capabilities) in channels.sorted(by: { $0.key.rawValue < $1.key.rawValue })
      where Markup.plain(text).utf16.count > capabilities.textLengthMax {
        faults.append(fault(key, catalogue, "is too long for \(channel.rawValue)"))
      }
      if buttons.contains(key), let title = Self.sample(key, catalogue, filling: Self.sampleNumber),
        title.count > Self.buttonTitleLengthMax
      {
        faults.append(
          fault(key, catalogue, "is a button of more than \(Self.buttonTitleLengthMax) characters"))
      }
      return faults
    }
  }

  /// A phrase with its gaps filled; nil when the language lacks it.
  static func sample(
    _ key: String, _ catalogue: PhraseCatalogue, filling value: String = sampleValue
  ) -> String? {
    guard let template = catalogue.template(key) else { return nil }
    let values = Dictionary(
      template.variables.map { ($0, PhraseValue.text(value)) }
    ) { first, _ in first }
    return template.render(values, language: catalogue.language)
  }

  private func fault(
    _ key: String, _ catalogue: PhraseCatalogue, _ problem: String
  ) -> PhraseFault {
    PhraseFault(
      file: catalogue.file, line: catalogue.template(key)?.line ?? 1,
      problem: "`\(key)` \(problem)")
  }
}
