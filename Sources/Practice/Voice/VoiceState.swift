import Conversation
import Language
import Storage

/// Where somebody stands in practising aloud.
struct VoiceState: Codable, Sendable, Equatable {
  /// More than this is not kept while an answer is being prepared.
  static let waitingMax = 4
  /// So many of the last exercises do not come again soon.
  static let seenMax = 12

  enum Task: Codable, Sendable, Equatable {
    /// A recording that came of its own accord.
    case free
    case item(String)
    case topic(String, question: String)
  }

  /// What came from the learner.
  enum Said: Codable, Sendable, Equatable {
    case text(String)
    case voice(Content.Attachment)
  }

  var task: Task
  /// The attempt that is being listened to.
  var attempt: ID<PracticeAttempt>?
  /// What is listened to, or was, so that it can be tried again.
  var said: Said?
  /// A recording that waits for the person's word that it may be given to others.
  var held: Said?
  /// What came meanwhile, in its order.
  var waiting: [Said] = []
  var seen: [String] = []
  /// A recording has interrupted something else, which goes on afterwards.
  var isDigression = false
  /// The attempt has been answered, and what comes next is open.
  var isAnswered = false

  /// Something is being listened to, or waits until it may be.
  var isBusy: Bool { attempt != nil || held != nil }

  init(_ task: Task) { self.task = task }

  /// Takes out what was written meanwhile.
  mutating func takeTexts() -> [String] {
    let texts = waiting.compactMap { if case .text(let text) = $0 { text } else { nil } }
    waiting.removeAll { if case .text = $0 { true } else { false } }
    return texts
  }

  mutating func remember(_ id: String) {
    seen = Array((seen.filter { $0 != id } + [id]).suffix(Self.seenMax))
  }
}
