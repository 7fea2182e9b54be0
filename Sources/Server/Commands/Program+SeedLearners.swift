import Conversation
package import Learning
import Storage

extension Program {
  static let learnersBatchCount = 4_000

  /// Fills the store up to a number of learners, each with a conversation and a past.
  ///
  /// - Parameters:
  ///   - longCount: how many of them, the first ones, have learned for a year.
  ///   - curriculum: what they have learned from.
  package func seedLearners(_ count: Int, longCount: Int, from curriculum: Curriculum) throws {
    try seed(conversations: count)
    let history = try SampleHistory(curriculum)
    let now = service.time.now()
    let last = try database.readBlocking {
      try $0.first("SELECT max(rowid) AS n FROM people")?.value("n", as: Int.self) ?? 0
    }
    try database.writeBlocking {
      try history.insert(rows: 1..<longCount + 1, isLong: true, until: now, in: $0)
    }
    for first in stride(from: longCount + 1, through: last, by: Self.learnersBatchCount) {
      let rows = first..<min(first + Self.learnersBatchCount, last + 1)
      try database.writeBlocking {
        try history.insert(rows: rows, isLong: false, until: now, in: $0)
      }
    }
  }
}
