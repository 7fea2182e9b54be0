import Conversation
import Language
import Yams

/// A sentence to be said in a voice message, or, where that is not possible or not wanted, a
/// question about how it sounds.
///
/// Points: for a voice message as in `Transcription`; for the question right or wrong, half for
/// the right option typed with one slip.
struct Pronunciation: Activity {
  private static let speechLengthMax = 80
  private static let wordCount = 1...12

  let head: ActivityHead
  private let spoken: String
  private let accepted: AcceptedAnswers
  private let instead: InsteadQuestion

  var kind: ActivityKind { .pronunciation }
  var typedSolution: String { instead.question.right }
  var partCount: Int { instead.question.options.count }
  var speech: String? { spoken }
  var voiceTask: VoiceTask? {
    VoiceTask(expected: spoken) { Transcription.score($0, of: accepted) }
  }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["speech", "instead"], hasPrompt: false, gloss: .needed(level), &reader)
    spoken = reader.text("speech", in: node, lengthMax: Self.speechLengthMax)
    accepted = AcceptedAnswers([spoken])
    if !Self.wordCount.contains(AnswerText.words(spoken).count) {
      reader.fault(node, "`speech` must have at most \(Self.wordCount.upperBound) words")
    }
    if node["instead"] == nil { reader.fault(node, "needs `instead`") }
    instead = InsteadQuestion(node["instead"] ?? [:], &reader)
  }

  func solution(in turn: Turn) -> String { Markup.escape(instead.question.right) }

  func marks(in language: LanguageCode) -> [String] { [spoken, Markup.plain(instead.prompt)] }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let instruction: LessonPhrase = attempt.hearsVoice ? .askPronunciation : .askPronunciationAlone
    var text = head.text(turn.phrase(instruction), shown: Markup.escape(spoken), turn)
    if attempt.hearsVoice { text += "\n\n" + turn.phrase(LessonPhrase.askInstead) }
    text += "\n" + instead.prompt
    return Reply(text, choices: instead.question.choices(attempt.order))
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    instead.question.read(
      input, attempt.order,
      otherwise: attempt.hearsVoice ? .unclearVoice : .unclearChoice)
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    instead.question.whisper(attempt.order, turn)
  }
}
