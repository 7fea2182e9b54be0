import Conversation
import Language
import Yams

/// One of some pictures is meant. Where pictures cannot be shown, what is to be seen on them is
/// said in words.
///
/// Points: right or wrong; half for the right words typed with one slip.
struct ImageSelection: Activity {
  private static let pictureCount = 3...4
  private static let emojiCount = 1...3
  private static let altLengthMax = 40
  /// Shorter words say too little to give anything away.
  private static let tellingLengthMin = 4

  let head: ActivityHead
  private let pictures: [String]
  private let descriptions: [LocalisedText]
  private let answer: Int

  var kind: ActivityKind { .imageSelection }
  var typedSolution: String {
    descriptions.indices.contains(answer) ? descriptions[answer][.english] : ""
  }
  var partCount: Int { pictures.count }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(node, keys: ["pictures", "answer"], gloss: .needed(level), &reader)
    let nodes = reader.list("pictures", in: node, count: Self.pictureCount)
    pictures = nodes.map { picture in
      reader.allow(["emoji", "alt"], in: picture)
      let emoji = reader.text("emoji", in: picture, lengthMax: Self.emojiCount.upperBound)
      if emoji.unicodeScalars.contains(where: { $0.isASCII }) {
        reader.fault(picture, "`emoji` is no picture")
      }
      return emoji
    }
    descriptions = nodes.map {
      reader.translated(
        "alt", in: $0, required: LessonReader.both, lengthMax: Self.altLengthMax)
    }
    let right = reader.text("answer", in: node, lengthMax: Self.emojiCount.upperBound)
    answer = pictures.firstIndex(of: right) ?? 0
    if !pictures.contains(right) { reader.fault(node, "`answer` is not among the pictures") }
    if Set(pictures).count != pictures.count { reader.fault(node, "two pictures are the same") }
    for language in LessonReader.both
    where Set(descriptions.map { AnswerText.form($0[language]) }).count != pictures.count {
      reader.fault(node, "two pictures have the same `alt`")
    }
    if let word = givenAway { reader.fault(node, "`alt` of the answer says “\(word)”, too") }
  }

  /// A word that only the prompt and the description of the right picture have.
  private var givenAway: String? {
    let said = descriptions.map { Set(AnswerText.form($0[.english]).split(separator: " ")) }
    let asked = Set(AnswerText.form(Markup.plain(head.prompt)).split(separator: " "))
    guard said.indices.contains(answer) else { return nil }
    return said[answer].intersection(asked).sorted().first { word in
      word.count >= Self.tellingLengthMin && !said.allSatisfy { $0.contains(word) }
    }.map(String.init)
  }

  func solution(in turn: Turn) -> String {
    guard pictures.indices.contains(answer) else { return "" }
    let words = Markup.escape(descriptions[answer][turn.person.language])
    return turn.showsPictures ? pictures[answer] + " " + words : words
  }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let titles = attempt.order.map { Choice("o\($0)", title($0, turn)) }
    return Reply(head.text(.askImage, turn), choices: titles)
  }

  private func title(_ picture: Int, _ turn: Turn) -> String {
    turn.showsPictures ? pictures[picture] : descriptions[picture][turn.person.language]
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    if case .text(let text) = input {
      let plain = text.split { $0.isWhitespace || ".!".contains($0) }.joined()
      if let picture = pictures.firstIndex(where: { $0.isSamePicture(as: plain) }) {
        return score(picture)
      }
    }
    for language in [turn.person.language] + LessonReader.both {
      let shown = attempt.order.map { descriptions[$0][language] }
      if let place = OptionAnswer.place(input, among: shown, ids: attempt.order) {
        return score(attempt.order[place])
      }
    }
    guard case .text(let text) = input else { return .unclear(.unclearChoice) }
    let isSlip = LessonReader.both.contains { language in
      AnswerText.isSlip(
        AnswerText.form(text), of: AnswerText.form(descriptions[answer][language]))
    }
    return isSlip ? .scored(.almost) : .unclear(.unclearChoice)
  }

  private func score(_ picture: Int) -> Reading {
    .scored(picture == answer ? .right : .wrong)
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    attempt.order.first { $0 != answer }.map {
      turn.phrase(LessonPhrase.hintNot, ["option": .text(title($0, turn))])
    }
  }
}

extension Turn {
  /// A telephone of any age reads an SMS.
  fileprivate var showsPictures: Bool { channel != .sms }
}

extension String {
  /// Phones add or leave out the sign that asks for a coloured picture.
  fileprivate func isSamePicture(as other: String) -> Bool {
    unicodeScalars.filter { $0 != "\u{FE0F}" }.elementsEqual(
      other.unicodeScalars.filter { $0 != "\u{FE0F}" })
  }
}
