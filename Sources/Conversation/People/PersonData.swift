package import Storage

/// What one capability knows of a person, and what can be asked of it: to show it, to join it with
/// another person's, to part it again, to delete it. Every table that holds something of a person
/// has one, which a test makes sure of.
package struct PersonDataKeeper: Sendable {
  /// The name of its part in the exported file.
  package let name: String
  /// The tables it answers for.
  package let tables: Set<String>
  /// All it knows, as one JSON value.
  package let export: @Sendable (ID<Person>, Transaction) throws -> String
  /// Gives the absorbed person's data to the survivor.
  ///
  /// - Returns: what `unmerge` needs, as text.
  package let merge: @Sendable (PersonMerge, Transaction) throws -> String
  /// Parts them again. What was added since stays with the survivor.
  package let unmerge: @Sendable (_ undo: String, PersonMerge, Transaction) throws -> Void
  /// Deletes a bounded part of it; called again until it says that nothing is left, and perhaps
  /// all over again.
  package let erase: @Sendable (PersonErasure, Transaction) throws -> ErasureStep

  package init(
    name: String, tables: Set<String>,
    export: @escaping @Sendable (ID<Person>, Transaction) throws -> String,
    merge: @escaping @Sendable (PersonMerge, Transaction) throws -> String,
    unmerge: @escaping @Sendable (_ undo: String, PersonMerge, Transaction) throws -> Void,
    erase: @escaping @Sendable (PersonErasure, Transaction) throws -> ErasureStep
  ) {
    self.name = name
    self.tables = tables
    self.export = export
    self.merge = merge
    self.unmerge = unmerge
    self.erase = erase
  }
}

/// Two who turned out to be one.
package struct PersonMerge: Sendable, Equatable {
  /// The elder account: where both have told something, theirs is kept.
  package let survivor: ID<Person>
  package let absorbed: ID<Person>
  package let now: Timestamp

  package init(survivor: ID<Person>, absorbed: ID<Person>, now: Timestamp) {
    self.survivor = survivor
    self.absorbed = absorbed
    self.now = now
  }
}

/// One bite of a deletion.
package struct PersonErasure: Sendable, Equatable {
  /// Small bites, so that turns are not held up.
  package static let rowsPerStep = 500

  package let person: ID<Person>
  /// What the step before has returned as `next`; nil at first.
  package let cursor: String?

  package init(person: ID<Person>, cursor: String? = nil) {
    self.person = person
    self.cursor = cursor
  }
}

package struct ErasureStep: Sendable, Equatable {
  /// What was deleted, for the receipt.
  package let counts: [PersonDataKind: Int]
  /// Where the next bite begins; nil when nothing is left.
  package let next: String?

  package init(_ counts: [PersonDataKind: Int], next: String? = nil) {
    self.counts = counts
    self.next = next
  }
}

/// What a person has us keep, in the words of a receipt.
package enum PersonDataKind: String, Sendable, Codable, CaseIterable {
  case messages
  case channels
  case profile
  case learning
  case log
  case account
}
