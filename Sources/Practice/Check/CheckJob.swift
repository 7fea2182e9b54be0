import Conversation
import Feedback
import Foundation
import Language
import Storage

/// A text to be looked at.
struct CheckOrder: Codable, Sendable, Equatable {
  static let kind: JobKind = "practice.check"
  static let attemptsMax = 2
  static let timeLimitMs: Int64 = 90_000
  static let lateAfterMs: Int64 = 15_000

  var attempt: ID<PracticeAttempt>
  var text: String
  var learner: TutorLearner
  /// Whether a model is asked, after the built-in check has been shown.
  var asksModel: Bool
}

struct CheckOutcome: Codable, Sendable, Equatable {
  var attempt: ID<PracticeAttempt>
  var advice: Advice
  /// The level of the words, where there are enough of them to tell.
  var level: CEFRLevel?
  var asksModel: Bool
}

/// Looks at a text. It changes nothing, so it can run again at any time.
struct CheckJob: Sendable {
  /// Fewer words tell no level.
  private static let levelWordsMin = 20

  let ports: PracticePorts

  var handler: JobHandler {
    JobHandler(
      CheckOrder.kind, attemptsMax: CheckOrder.attemptsMax, timeLimitMs: CheckOrder.timeLimitMs
    ) { job in
      do {
        let order = try JSONDecoder().decode(CheckOrder.self, from: Data(job.payload.utf8))
        return .done(result: try PracticeJSON.text(await outcome(of: order)))
      } catch {
        return .discard(reason: "\(type(of: error))")
      }
    }
  }

  private func outcome(of order: CheckOrder) async -> CheckOutcome {
    let adviser = Adviser(check: ports.check, model: ports.model)
    let question = AdviceQuestion(words: order.text, form: .written, learner: order.learner)
    let advice = await adviser.advice(question, mayAskModel: order.asksModel)
    return CheckOutcome(
      attempt: order.attempt, advice: advice,
      level: order.asksModel ? nil : await level(of: order.text), asksModel: order.asksModel)
  }

  private func level(of text: String) async -> CEFRLevel? {
    guard PatternWords.of(text).count >= Self.levelWordsMin else { return nil }
    return await Aside.run { [check = ports.check] in
      check(text, .chat).profile.level.flatMap { CEFRLevel(rawValue: $0.rawValue) }
    }
  }
}
