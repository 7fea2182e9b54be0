import Conversation
import Language
import Yams

/// Something to talk about, in a voice message or in writing.
///
/// Points: 60 for the share of key points that were mentioned, 40 for the share of the words that
/// are wanted, each word counted once. All of both is right.
struct SpeakingPrompt: Activity {
  private static let keyPointCount = 2...4
  private static let wordsMinDefault = 8
  private static let wordsMinRange = 4...40
  private static let sampleLengthMax = 300
  private static let pointsShare = 60
  private static let lengthShare = 40

  let head: ActivityHead
  private let keyPoints: KeyPoints
  private let wordsMin: Int
  private let sample: String

  var kind: ActivityKind { .speakingPrompt }
  var typedSolution: String { sample }
  var voiceTask: VoiceTask? { VoiceTask(expected: nil, score: score) }

  init(_ node: Node, level: CEFRLevel, _ reader: inout ContentReader) {
    head = ActivityHead(
      node, keys: ["key_points", "words_min", "sample"], gloss: .needed(level), &reader)
    keyPoints = KeyPoints(
      reader.list("key_points", in: node, count: Self.keyPointCount), &reader)
    wordsMin =
      node["words_min"] == nil
      ? Self.wordsMinDefault : reader.integer("words_min", in: node, Self.wordsMinRange)
    sample = reader.text("sample", in: node, lengthMax: Self.sampleLengthMax)
    if score(sample).outcome != .right {
      reader.fault(node, "`sample` lacks a key point, or is shorter than `words_min`")
    }
    if keyPoints.found(in: Markup.plain(head.prompt)) > 0 {
      reader.fault(node, "a key point is said in the prompt")
    }
  }

  func solution(in turn: Turn) -> String { Markup.escape(sample) }

  func ask(_ attempt: Attempt, _ turn: Turn) -> Reply {
    let instruction: LessonPhrase = attempt.hearsVoice ? .askSpeaking : .askSpeakingWritten
    return Reply(
      head.text(
        turn.phrase(instruction, ["count": .number(wordsMin)]), shown: head.prompt, turn),
      acceptsText: true)
  }

  func read(_ input: Input, _ attempt: Attempt, _ turn: Turn) -> Reading {
    guard case .text(let text) = input, AnswerText.isEnglish(text) else {
      return .unclear(.unclearEnglish)
    }
    return .scored(score(text))
  }

  private func score(_ text: String) -> Score {
    let words = Set(AnswerText.words(text)).count
    let points = keyPoints.found(in: text)
    guard keyPoints.count > 0, points > 0 || words * 2 >= wordsMin else { return .wrong }
    return .part(
      percent: Self.pointsShare * points / keyPoints.count
        + Self.lengthShare * min(words, wordsMin) / wordsMin)
  }

  func whisper(_ attempt: Attempt, _ turn: Turn) -> String? {
    let words = sample.split(separator: " ")
    let shown = words.prefix(max(3, words.count / 3)).joined(separator: " ")
    return turn.phrase(LessonPhrase.hintBegins, ["text": .text(shown)])
  }
}
