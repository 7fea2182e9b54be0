import Foundation
import GRDB

/// The hands of one read or write: statements run through it and are kept or undone together.
/// It must not outlive the closure it was given to.
package struct Transaction {
  private let connection: GRDB.Database

  init(_ connection: GRDB.Database) { self.connection = connection }

  /// Runs a statement that returns no rows.
  ///
  /// - Returns: how many rows it inserted, updated or deleted.
  @discardableResult
  package func execute(_ sql: SQL) throws -> Int {
    do {
      let statement = try connection.cachedStatement(sql: sql.text)
      try statement.execute(arguments: sql.arguments)
      return connection.changesCount
    } catch { throw StorageError.convert(error) }
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

  /// The first row of a query, if it has one.
  package func first(_ sql: SQL) throws -> Row? {
    var found: Row?
    try visit(sql) { row in
      found = row
      return false
    }
    return found
  }

  /// Visits rows one by one until `body` returns false; for results too large to hold.
  package func visit(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
    do {
      let statement = try connection.cachedStatement(sql: sql.text)
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: sql.arguments)
      let columns = statement.columnNames
      while let row = try cursor.next() {
        let values = columns.indices.map { SQLValue(row[$0] as DatabaseValue) }
        guard try body(Row(columns: columns, values: values)) else { return }
      }
    } catch { throw StorageError.convert(error) }
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

extension SQL {
  fileprivate var arguments: StatementArguments {
    StatementArguments(values.map(\.databaseValue))
  }
}

extension SQLValue {
  fileprivate init(_ value: DatabaseValue) {
    switch value.storage {
    case .null: self = .null
    case .int64(let integer): self = .integer(integer)
    case .double(let real): self = .real(real)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob([UInt8](data))
    }
  }

  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let integer): integer.databaseValue
    case .real(let real): real.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let bytes): Data(bytes).databaseValue
    }
  }
}
