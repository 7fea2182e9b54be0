import Conversation
import Language
import Yams

/// What most activities share: a prompt, its gloss for those who need one, the reason, the clue.
struct ActivityHead: Sendable {
  static let clueLengthMax = 160
  private static let keys: Set<String> = ["type", "explanation", "clue"]

  /// How much of an explanation of the task there has to be.
  enum Gloss {
    /// At the lowest levels.
    case needed(CEFRLevel)
    case optional
    case none
  }

  /// As markup; empty where the type has none.
  let prompt: String
  /// As markup.
  let hint: LocalisedText
  /// As markup.
  let explanation: LocalisedText
  /// As markup; nil when the author wrote none.
  let clue: LocalisedText?

  /// - Parameters:
  ///   - keys: what the type has besides what all have.
  ///   - hasPrompt: whether there is a `prompt` in English alone.
  init(
    _ node: Node, keys: Set<String>, hasPrompt: Bool = true, gloss: Gloss,
    _ reader: inout ContentReader
  ) {
    var known = Self.keys.union(keys)
    if hasPrompt { known.insert("prompt") }
    if case .none = gloss {} else { known.insert("hint") }
    reader.allow(known, in: node)
    let lengthMax = LessonReader.promptLengthMax
    prompt =
      hasPrompt ? Markup.escape(reader.text("prompt", in: node, lengthMax: lengthMax)) : ""
    hint = Self.hint(node, gloss, &reader)
    explanation = reader.translated(
      "explanation", in: node, required: LessonReader.both,
      lengthMax: LessonReader.explanationLengthMax
    ).map(Markup.escape)
    clue =
      node["clue"] == nil
      ? nil
      : reader.translated(
        "clue", in: node, required: LessonReader.both, lengthMax: Self.clueLengthMax
      ).map(Markup.escape)
  }

  private static func hint(
    _ node: Node, _ gloss: Gloss, _ reader: inout ContentReader
  ) -> LocalisedText {
    guard node["hint"] == nil else {
      return reader.translated(
        "hint", in: node, required: [.persian], lengthMax: LessonReader.promptLengthMax
      ).map(Markup.escape)
    }
    if case .needed(let level) = gloss, level <= .a1 {
      reader.fault(node, "needs a `hint` at \(level.rawValue)")
    }
    return LocalisedText([:])
  }

  /// The prompt in bold under `instruction`, with the gloss below it.
  func text(_ instruction: LessonPhrase, _ turn: Turn) -> String {
    text(turn.phrase(instruction), shown: prompt, turn)
  }

  /// The same with something else, as markup, in place of the prompt.
  func text(_ instruction: String, shown: String, _ turn: Turn) -> String {
    var text = instruction
    if !shown.isEmpty { text += "\n**" + shown + "**" }
    if let hint = hint.exactly(turn.person.language) { text += "\n" + hint }
    return text
  }
}
