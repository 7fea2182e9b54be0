import GRDB
import GRDBSQLite

/// A statement prepared and kept by GRDB, bound and stepped through SQLite's own interface: GRDB's
/// argument and row types cost several times what the statement itself does, and a turn runs half
/// a dozen of them.
struct PreparedStatement {
  private let statement: Statement
  private let handle: OpaquePointer
  private let connection: GRDB.Database

  /// Prepares and binds.
  init(_ sql: SQL, on connection: GRDB.Database) throws {
    do {
      statement = try connection.cachedStatement(sql: sql.text)
    } catch { throw StorageError.convert(error) }
    handle = statement.sqliteStatement
    self.connection = connection
    // A statement whose rows were not all visited is still open.
    sqlite3_reset(handle)
    guard Int(sqlite3_bind_parameter_count(handle)) == sql.values.count else {
      throw StorageError.refused(reason: "a statement got another number of values than it takes")
    }
    for (index, value) in sql.values.enumerated() { try bind(value, at: Int32(index + 1)) }
  }

  var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }

  /// - Returns: whether there is a row.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw fault(code)
    }
  }

  func reset() { sqlite3_reset(handle) }

  /// The present row, copied.
  var row: Row {
    let columns = statement.columnNames
    var values: [SQLValue] = []
    values.reserveCapacity(columns.count)
    for index in columns.indices { values.append(value(at: Int32(index))) }
    return Row(columns: columns, values: values)
  }

  private func value(at index: Int32) -> SQLValue {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, index))
    case SQLITE_TEXT:
      guard let text = sqlite3_column_text(handle, index) else { return .null }
      let count = Int(sqlite3_column_bytes(handle, index))
      return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let count = Int(sqlite3_column_bytes(handle, index))
      guard let bytes = sqlite3_column_blob(handle, index) else { return .blob([]) }
      return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
    case _: return .null
    }
  }

  private func bind(_ value: SQLValue, at index: Int32) throws {
    // SQLite copies the bytes: they may be gone when the statement runs.
    let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let code =
      switch value {
      case .null: sqlite3_bind_null(handle, index)
      case .integer(let integer): sqlite3_bind_int64(handle, index, integer)
      case .real(let real): sqlite3_bind_double(handle, index, real)
      // An empty buffer has no address, which SQLite would take for NULL.
      case .text(""): sqlite3_bind_text(handle, index, "", 0, copies)
      case .text(var text):
        text.withUTF8 { bytes in
          sqlite3_bind_text64(
            handle, index, bytes.baseAddress, UInt64(bytes.count), copies, UInt8(SQLITE_UTF8))
        }
      case .blob(let bytes):
        bytes.isEmpty
          ? sqlite3_bind_zeroblob(handle, index, 0)
          : bytes.withUnsafeBytes {
            sqlite3_bind_blob64(handle, index, $0.baseAddress, UInt64($0.count), copies)
          }
      }
    guard code == SQLITE_OK else { throw fault(code) }
  }

  private func fault(_ code: Int32) -> any Error {
    let message = connection.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) }
    sqlite3_reset(handle)
    return StorageError.convert(
      DatabaseError(resultCode: ResultCode(rawValue: code), message: message))
  }
}
