package import Conversation

/// A voice message that answers an activity is listened to by a job. What does the work lies
/// elsewhere: a `JobHandler` for `LessonReading.job` reads a `Request` and ends with a `Result`.
package enum LessonReading {
  package static let job: JobKind = "lesson.reading"
  /// After this long the learner hears that it takes longer.
  static let lateAfterMs: Int64 = 8_000

  /// Whether a voice message of a channel would be listened to at all.
  package typealias Hears = @Sendable (Channel, Words) -> Bool

  /// What is going to be said.
  package enum Words: Sendable {
    /// A text that is known beforehand.
    case given
    /// The learner's own words: somebody has to write them down.
    case own
  }

  /// The payload of the job.
  package struct Request: Codable, Sendable, Equatable {
    /// Comes back in the result, so that one that is late is never taken for an answer to the
    /// next activity.
    package let ticket: String
    package let channel: Channel
    /// What the channel wants to be asked for to hand out the bytes.
    package let fileID: String
    package let durationSeconds: Int?
    /// What should be said, in English; nil when it is the learner's own words.
    package let expected: String?
  }

  /// The result of the job.
  package struct Result: Codable, Sendable, Equatable {
    package enum Verdict: String, Codable, Sendable {
      case understood
      /// Nobody spoke.
      case silent
      /// Somebody spoke, but it could not be made out.
      case unclear
      case tooLong
    }

    package struct Word: Codable, Sendable, Equatable {
      package let text: String
      /// From 0 to 1; nil when the engine knows none.
      package let confidence: Double?

      package init(_ text: String, confidence: Double? = nil) {
        self.text = text
        self.confidence = confidence
      }
    }

    package let ticket: String
    package let verdict: Verdict
    /// What was said, in order.
    package let said: [Word]
    /// Words worth saying again, at most a few.
    package let weakWords: [String]

    package init(
      ticket: String, verdict: Verdict, said: [Word] = [], weakWords: [String] = []
    ) {
      self.ticket = ticket
      self.verdict = verdict
      self.said = said
      self.weakWords = weakWords
    }

    var text: String { said.map(\.text).joined(separator: " ") }
  }
}
