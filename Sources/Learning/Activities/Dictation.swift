import Conversation
import Language
import Yams

/// A sentence to be written as it is heard. Where there is no sound it is shown without its
/// vowels.
///
/// Points: as in `Transcription`.
struct Dictation: Activity {
  private static let speechLengthMax = 120
  private static let wordCount = 3...15
  private static let acceptsMax = 4
  private static let vowels: Set<Character> = [
    "a", "e", "i", "o", "u", "A", "E", "I", "O", "U",
  ]
  /// A longer text is no attempt.
  private static let answerWordsMax = 40

  let head: ActivityHead
  private let spoken: String
  private let accepted: AcceptedAnswers

  var kind: ActivityKind { .dictation }
  var typedSolution: String { spoken }
  var speech: String? { spoken }
  var voiceTask: VoiceTask? {
    VoiceTask(expected: spoken) { Transcription.score($0, of: accepted) }
  }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["speech", "accepts"], hasPrompt: false, gloss: .needed(level), &reader)
    spoken = reader.text("speech", in: node, lengthMax: Self.speechLengthMax)
    let others = reader.others("accepts", in: node, max: Self.acceptsMax, Self.speechLengthMax)
    accepted = AcceptedAnswers([spoken] + others)
    if !Self.wordCount.contains(spoken.split(separator: " ").count) {
      reader.fault(
        node,
        "`speech` must have \(Self.wordCount.lowerBound)–\(Self.wordCount.upperBound) words")
    }
    if Self.withoutVowels(spoken) == spoken {
      reader.fault(node, "`speech` has no vowel that could be left out")
    }
  }

  /// Every word of three letters or more keeps its first letter and its consonants.
  static func withoutVowels(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.count(where: \.isLetter) > 2 else { return String(word) }
      return String(
        word.enumerated().map { $0.offset > 0 && vowels.contains($0.element) ? "_" : $0.element })
    }.joined(separator: " ")
  }

  func solution(in turn: Turn) -> String { Markup.escape(spoken) }

  func marks(in language: LanguageCode) -> [String] { [Self.withoutVowels(spoken)] }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let text =
      attempt.hasSound
      ? head.text(.askDictation, turn)
      : head.text(
        turn.phrase(LessonPhrase.askDictationVowels),
        shown: Markup.escape(Self.withoutVowels(spoken)), turn)
    return Reply(text, acceptsText: true)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    guard case .text(let text) = input, AnswerText.isEnglish(text) || AnswerText.hasDigit(text),
      text.split(separator: " ").count <= Self.answerWordsMax
    else { return .unclear(.unclearSentence) }
    return .scored(Transcription.score(text, of: accepted))
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    let words = spoken.split(separator: " ")
    let shown = words.prefix(words.count / 2).joined(separator: " ")
    return turn.phrase(LessonPhrase.hintBegins, ["text": .text(shown)])
  }
}
