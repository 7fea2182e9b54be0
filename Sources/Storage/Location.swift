import Foundation
import GRDB

/// Where a database lives.
package enum Location: Sendable, Equatable {
  /// Gone when it is closed; for tests and the simulator.
  case memory
  /// A SQLite file in write-ahead mode.
  case file(path: String)
}

extension Database {
  /// What each reader, and the writer, keeps of the file in memory.
  static let readerCacheKiB = 2 * 1024
  static let writerCacheKiB = 8 * 1024
  /// Pages the log holds before they are moved into the file, in between two commits: few enough
  /// that nobody waits long for it, many enough that a page written often is moved once.
  static let checkpointPages = 1_400

  static func open(_ location: Location) throws -> any DatabaseWriter {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.maximumReaderCount = readerCountMax
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { connection in
      try connection.execute(sql: "PRAGMA cache_size = -\(readerCacheKiB)")
      try connection.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    switch location {
    case .memory:
      return try DatabaseQueue(configuration: configuration)
    case .file(let path):
      let pool = try DatabasePool(path: path, configuration: configuration)
      try makeDurable(pool)
      return pool
    }
  }

  /// The pool lowers `synchronous` to NORMAL after its own preparation, which would let a power
  /// cut undo acknowledged turns; so it is raised afterwards and read back.
  private static func makeDurable(_ pool: DatabasePool) throws {
    try pool.writeWithoutTransaction { connection in
      try connection.execute(sql: "PRAGMA synchronous = FULL")
      try connection.execute(sql: "PRAGMA cache_size = -\(writerCacheKiB)")
      try connection.execute(sql: "PRAGMA wal_autocheckpoint = \(checkpointPages)")
      let level = try Int.fetchOne(connection, sql: "PRAGMA synchronous")
      let journal = try String.fetchOne(connection, sql: "PRAGMA journal_mode")
      guard level == 2, journal == "wal" else {
        throw StorageError.unavailable(reason: "the database refuses durable commits")
      }
    }
  }
}
