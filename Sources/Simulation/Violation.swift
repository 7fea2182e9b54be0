import Storage

/// Something the program promised and did not keep.
struct Violation: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// The mark by which the triggers of `Watch` name their errors.
  static let mark = "broken promise: "

  /// The violation an error stands for: one of a flow, one of a trigger.
  init?(_ error: any Error) {
    if let violation = error as? Violation {
      self = violation
    } else if case StorageError.constraint(let text)? = error as? StorageError,
      let found = text.firstRange(of: Self.mark)
    {
      description = String(text[found.upperBound...])
    } else {
      return nil
    }
  }
}

/// What a simulated flow throws on purpose.
struct SimulatedFault: Error {}
