import GRDB

/// The hands of one read or write: statements run through it and are kept or undone together.
/// It must not outlive the closure it was given to.
package struct Transaction {
  private let connection: GRDB.Database

  init(_ connection: GRDB.Database) { self.connection = connection }

  /// Runs a statement, passing over any rows it returns.
  ///
  /// - Returns: how many rows it inserted, updated or deleted.
  @discardableResult
  package func execute(_ sql: SQL) throws -> Int {
    let statement = try PreparedStatement(sql, on: connection)
    defer { statement.reset() }
    while try statement.step() {}
    return connection.changesCount
  }

  /// All rows of a query. Give the query a LIMIT unless the rows are few by their nature.
  package func all(_ sql: SQL) throws -> [Row] {
    var rows: [Row] = []
    try visit(sql) { row in
      rows.append(row)
      return true
    }
    return rows
  }

  /// The first row of a query, if it has one. A statement that changes rows is run to its end.
  package func first(_ sql: SQL) throws -> Row? {
    let statement = try PreparedStatement(sql, on: connection)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    let row = statement.row
    if !statement.isReadOnly { while try statement.step() {} }
    return row
  }

  /// Visits rows one by one until `body` returns false; for results too large to hold.
  package func visit(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
    let statement = try PreparedStatement(sql, on: connection)
    defer { statement.reset() }
    while try statement.step() {
      guard try body(statement.row) else { return }
    }
  }

  /// Runs `body` so that what it wrote is undone, alone, when it throws.
  package func savepoint<Value>(_ body: () throws -> Value) throws -> Value {
    try execute("SAVEPOINT step")
    do {
      let value = try body()
      try execute("RELEASE step")
      return value
    } catch {
      guard connection.isInsideTransaction else { throw StorageError.rolledBack }
      try execute("ROLLBACK TO step")
      try execute("RELEASE step")
      throw error
    }
  }
}
