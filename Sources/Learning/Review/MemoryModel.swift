import Foundation

/// How memory fades and firms: the formulas of FSRS-5 and FSRS-6 (Open Spaced Repetition), as pure
/// functions. Stability is in days: after that many, nine of ten are still remembered.
package struct MemoryModel: Sendable, Equatable {
  package enum Version: Int, Sendable, Codable {
    case five = 5
    case six = 6

    package var weightCount: Int { self == .five ? 19 : 21 }
  }

  package static let stabilityMin = 0.001
  private static let initialStabilityMinFive = 0.1
  static let difficultyRange = 1.0...10.0

  package let version: Version
  package let weights: [Double]
  private let decay: Double
  private let factor: Double

  /// - Parameter weights: as many as the version has; nil takes the published defaults.
  package init?(_ version: Version, weights: [Double]? = nil) {
    let weights = weights ?? Self.defaults(version)
    guard weights.count == version.weightCount else { return nil }
    self.init(checked: version, weights: weights)
  }

  private init(checked version: Version, weights: [Double]) {
    self.version = version
    self.weights = weights
    decay = version == .five ? -0.5 : -weights[20]
    factor = version == .five ? 19.0 / 81.0 : pow(0.9, 1 / decay) - 1
  }

  /// FSRS-6 with the weights published with it.
  package static let standard = MemoryModel(checked: .six, weights: defaults(.six))

  package static func defaults(_ version: Version) -> [Double] {
    switch version {
    case .five:
      [
        0.40255, 1.18385, 3.173, 15.69105, 7.1949, 0.5345, 1.4604, 0.0046, 1.54575, 0.1192, 1.01925,
        1.9395, 0.11, 0.29605, 2.2698, 0.2315, 2.9898, 0.51655, 0.6621,
      ]
    case .six:
      [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
        0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
      ]
    }
  }

  /// The chance that something is remembered after `days` whole days: `(1 + F·t/S)^decay`.
  package func retrievability(afterDays days: Int, stability: Double) -> Double {
    pow(1 + factor * Double(max(0, days)) / stability, decay)
  }

  /// The whole days after which the chance has fallen to `retention`: at least 1.
  package func intervalDays(stability: Double, retention: Double, max maximum: Int) -> Int {
    let days = stability / factor * (pow(retention, 1 / decay) - 1)
    return Int(min(max(days.rounded(.toNearestOrEven), 1), Double(maximum)))
  }

  func initialStability(_ grade: Grade) -> Double {
    let least = version == .five ? Self.initialStabilityMinFive : Self.stabilityMin
    return max(weights[grade.rawValue - 1], least)
  }

  func initialDifficulty(_ grade: Grade) -> Double {
    Self.clamped(unclampedDifficulty(grade))
  }

  func nextDifficulty(_ difficulty: Double, _ grade: Grade) -> Double {
    let change = -weights[6] * Double(grade.rawValue - 3)
    let damped = difficulty + (10 - difficulty) * change / 9
    let goal = version == .five ? initialDifficulty(.easy) : unclampedDifficulty(.easy)
    return Self.clamped(weights[7] * goal + (1 - weights[7]) * damped)
  }

  /// Stability after a review on a later day, `retrievability` being the chance just before it.
  func nextStability(
    _ stability: Double, difficulty: Double, retrievability: Double, _ grade: Grade
  ) -> Double {
    bounded(
      grade == .again
        ? forgotten(stability, difficulty: difficulty, retrievability: retrievability)
        : recalled(stability, difficulty: difficulty, retrievability: retrievability, grade))
  }

  /// Stability after another review within a day.
  func sameDayStability(_ stability: Double, _ grade: Grade) -> Double {
    var growth = exp(weights[17] * (Double(grade.rawValue) - 3 + weights[18]))
    if version == .six {
      growth *= pow(stability, -weights[19])
      if grade != .again { growth = max(growth, 1) }
    }
    return bounded(stability * growth)
  }

  private func recalled(
    _ stability: Double, difficulty: Double, retrievability: Double, _ grade: Grade
  ) -> Double {
    let penalty = grade == .hard ? weights[15] : 1
    let bonus = grade == .easy ? weights[16] : 1
    let growth =
      exp(weights[8]) * (11 - difficulty) * pow(stability, -weights[9])
      * (exp((1 - retrievability) * weights[10]) - 1)
    return stability * (1 + growth * penalty * bonus)
  }

  private func forgotten(
    _ stability: Double, difficulty: Double, retrievability: Double
  ) -> Double {
    let long =
      weights[11] * pow(difficulty, -weights[12]) * (pow(stability + 1, weights[13]) - 1)
      * exp((1 - retrievability) * weights[14])
    return min(long, stability / exp(weights[17] * weights[18]))
  }

  private func unclampedDifficulty(_ grade: Grade) -> Double {
    weights[4] - exp(weights[5] * Double(grade.rawValue - 1)) + 1
  }

  private func bounded(_ stability: Double) -> Double {
    version == .five ? stability : max(stability, Self.stabilityMin)
  }

  private static func clamped(_ difficulty: Double) -> Double {
    min(max(difficulty, difficultyRange.lowerBound), difficultyRange.upperBound)
  }
}

/// How well something was remembered.
package enum Grade: Int, Sendable, Codable, CaseIterable {
  case again = 1
  case hard = 2
  case good = 3
  case easy = 4
}
