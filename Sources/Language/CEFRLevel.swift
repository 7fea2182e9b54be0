/// A level of the Common European Framework, with A0 for the very first words.
package enum CEFRLevel: String, Sendable, Codable, CaseIterable, Comparable {
  case a0 = "A0"
  case a1 = "A1"
  case a2 = "A2"
  case b1 = "B1"
  case b2 = "B2"
  case c1 = "C1"
  case c2 = "C2"

  /// Its place on the way, from 0.
  package var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  package static func < (left: CEFRLevel, right: CEFRLevel) -> Bool { left.rank < right.rank }
}
