package import Conversation
package import Storage

/// What learning needs of the profile and cannot import.
package struct LearnerPorts: Sendable {
  /// The minutes a day somebody wants to give; nil until they say.
  package typealias MinutesOf = @Sendable (ID<Person>, Transaction) throws -> Int?
  /// What somebody is interested in, by the ids of `interests.yaml`.
  package typealias InterestsOf = @Sendable (ID<Person>, Transaction) throws -> [String]
  /// Makes a level that has been earned the one lessons go by.
  package typealias RaiseLevel = @Sendable (ID<Person>, _ level: String, Transaction) throws -> Void

  package var minutesOf: MinutesOf
  package var interestsOf: InterestsOf
  package var raiseLevel: RaiseLevel

  package init(
    minutesOf: @escaping MinutesOf = { _, _ in nil },
    interestsOf: @escaping InterestsOf = { _, _ in [] },
    raiseLevel: @escaping RaiseLevel = { _, _, _ in }
  ) {
    self.minutesOf = minutesOf
    self.interestsOf = interestsOf
    self.raiseLevel = raiseLevel
  }
}
