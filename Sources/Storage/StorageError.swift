import GRDB

/// What can go wrong with the store. Its text never holds a bound value.
package enum StorageError: Error, Equatable, Sendable {
  /// A constraint of the schema refused the row; the transaction can go on.
  case constraint(String)
  /// The disk is full; nothing of the transaction was kept.
  case full
  /// Too many writes are waiting; try again later.
  case overloaded
  /// The request itself is wrong: a missing row or column, a value of another type.
  case refused(reason: String)
  /// The whole transaction was undone because of somebody else's failure in it; try again.
  case rolledBack
  /// The database cannot be reached, or has failed in a way only a restart can mend.
  case unavailable(reason: String)
}

extension StorageError {
  static func convert(_ error: any Error) -> any Error {
    guard let failure = error as? DatabaseError else { return error }
    switch failure.resultCode {
    case .SQLITE_CONSTRAINT: return StorageError.constraint(failure.message ?? "constraint")
    case .SQLITE_FULL: return StorageError.full
    case .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_RANGE, .SQLITE_TOOBIG:
      return StorageError.refused(reason: failure.message ?? "statement refused")
    default:  // SQLite's codes are an open set
      return StorageError.unavailable(reason: "SQLite \(failure.resultCode.rawValue)")
    }
  }

  /// Runs `body`, narrowing what it throws to this area's errors.
  static func converting<Value>(_ body: () throws -> Value) throws(StorageError) -> Value {
    do {
      return try body()
    } catch {
      throw (convert(error) as? StorageError) ?? .unavailable(reason: "\(type(of: error))")
    }
  }

  /// Runs clean-up whose failure changes nothing, for the stated reason.
  static func ignoring(_ reason: StaticString, _ body: () throws -> Void) {
    do { try body() } catch { _ = reason }
  }
}
