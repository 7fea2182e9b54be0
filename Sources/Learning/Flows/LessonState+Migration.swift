import Conversation
import Foundation
import Storage

extension LessonState {
  /// The state as version 1 of the flow kept it.
  private struct First: Codable {
    struct Try: Codable {
      let order: [Int]
      let picked: [Int]
    }

    let run: ID<LessonRun>
    let lesson: String
    let hasBegun: Bool
    let queue: [Int]
    let again: [Int]
    let isRepeat: Bool
    let attempt: Try?
    let percents: [Int?]
    let countedDay: Int?
    let xp: Int
    let isCapped: Bool
    let hasUsedFreeze: Bool
    let hasEarnedFreeze: Bool
  }

  /// - Throws: `FlowError.unreadableState` for any other version.
  init(json: String, version: Int) throws {
    guard version == 1 else { throw FlowError.unreadableState }
    let old = try JSONDecoder().decode(First.self, from: Data(json.utf8))
    run = old.run
    lesson = old.lesson
    hasBegun = old.hasBegun
    queue = old.queue
    again = old.again
    isRepeat = old.isRepeat
    round = old.isRepeat ? 2 : 1
    attempt = old.attempt.map { Attempt(order: $0.order, picked: $0.picked) }
    percents = old.percents
    countedDay = old.countedDay
    xp = old.xp
    isCapped = old.isCapped
    hasUsedFreeze = old.hasUsedFreeze
    hasEarnedFreeze = old.hasEarnedFreeze
  }
}
