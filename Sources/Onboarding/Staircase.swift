import Conversation
import Language

/// The short adaptive test: a right answer leads one level up, a wrong one down, and the level
/// around which somebody goes up and down is theirs. Simple enough to explain to a learner, and
/// good to about one level, which is all that choosing a first lesson needs.
struct Staircase: Codable, Sendable, Equatable {
  static let questionsMin = 6
  static let questionsMax = 8
  /// After so many turns of direction more questions tell little.
  static let turnsEnough = 3
  /// The way from the self-estimate to the true level says little about the latter.
  static let warmUpQuestions = 2

  /// Ids of the items asked; the last one is open.
  private(set) var asked: [String] = []
  /// The ranks of the answered items' levels.
  private(set) var ranks: [Int] = []
  private(set) var rights: [Bool] = []
  private(set) var rank: Int

  static let rankMax = PlacementBank.levels.count - 1

  init(estimate: CEFRLevel) { rank = min(estimate.rank, Self.rankMax) }

  /// The next question: of the present level or the nearest that has one left.
  mutating func draw(from bank: PlacementBank, using random: inout RandomSource) -> PlacementItem? {
    let unused = bank.items.filter { !asked.contains($0.id) }
    let nearest = unused.map { abs($0.level.rank - rank) }.min()
    let item = unused.filter { abs($0.level.rank - rank) == nearest }.randomElement(using: &random)
    if let item { asked.append(item.id) }
    return item
  }

  mutating func take(isRight: Bool, to item: PlacementItem) {
    ranks.append(item.level.rank)
    rights.append(isRight)
    rank = min(max(rank + (isRight ? 1 : -1), 0), Self.rankMax)
  }

  var isFinished: Bool {
    if rights.count >= Self.questionsMax { return true }
    guard rights.count >= Self.questionsMin else { return false }
    let turns = zip(rights, rights.dropFirst()).count { $0 != $1 }
    return turns >= Self.turnsEnough || isAtAnEnd
  }

  /// The mean of where the steps led, the lower level when it lies between two: an easy first
  /// lesson discourages less than a hard one.
  var estimate: CEFRLevel {
    let path = (ranks + [rank]).dropFirst(rights.count >= 4 ? Self.warmUpQuestions : 0)
    guard !path.isEmpty else { return PlacementBank.levels[rank] }
    let mean = Double(path.reduce(0, +)) / Double(path.count)
    return PlacementBank.levels[Int((mean - 0.01).rounded())]
  }

  private var isAtAnEnd: Bool {
    let last = rights.suffix(Self.turnsEnough)
    return (rank == 0 && last.allSatisfy { !$0 }) || (rank == Self.rankMax && last.allSatisfy { $0 })
  }
}
