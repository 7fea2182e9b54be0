/// One row of a result, copied out of the database.
package struct Row: Sendable {
  private let columns: [String]
  private let values: [SQLValue]

  init(columns: [String], values: [SQLValue]) {
    self.columns = columns
    self.values = values
  }

  /// Every column with its value, in the order of the query.
  package var fields: [(column: String, value: SQLValue)] {
    zip(columns, values).map { ($0, $1) }
  }

  /// The value of a column.
  ///
  /// - Throws: `StorageError.refused` when there is no such column or it holds another type.
  package func value<Value: SQLConvertible>(
    _ column: String, as type: Value.Type = Value.self
  ) throws(StorageError) -> Value {
    guard let index = columns.firstIndex(of: column) else {
      throw .refused(reason: "no column \(column)")
    }
    guard let value = Value(sqlValue: values[index]) else {
      throw .refused(reason: "column \(column) is not \(type)")
    }
    return value
  }
}
