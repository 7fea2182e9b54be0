import Foundation
package import Storage

/// Puts a backup in the store's place, keeping what was there.
package enum StoreRestore {
  package static func restore(from backup: String, to location: Location) async throws {
    guard case .file(let path) = location else {
      throw StorageError.refused(reason: "the store is not a file")
    }
    let files = FileManager.default
    guard files.fileExists(atPath: backup) else {
      throw StorageError.refused(reason: "there is no file \(backup)")
    }
    let incoming = path + ".restoring"
    if files.fileExists(atPath: incoming) { try files.removeItem(atPath: incoming) }
    try files.copyItem(atPath: backup, toPath: incoming)
    try await verify(incoming)
    if files.fileExists(atPath: path) {
      try await settle(path)
      let previous = path + ".before-restore"
      if files.fileExists(atPath: previous) { try files.removeItem(atPath: previous) }
      try files.moveItem(atPath: path, toPath: previous)
    }
    for suffix in ["-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
      try files.removeItem(atPath: path + suffix)
    }
    try files.moveItem(atPath: incoming, toPath: path)
  }

  /// A damaged or foreign file is refused before anything is moved.
  private static func verify(_ path: String) async throws {
    let database = try Database(.file(path: path))
    let verdict: String? = try await database.read { transaction in
      try transaction.first("SELECT name FROM migrations LIMIT 1")?.value("name")
    }
    let integrity: String? = try await database.read { transaction in
      try transaction.first("PRAGMA integrity_check")?.value("integrity_check")
    }
    await database.close()
    guard verdict != nil, integrity == "ok" else {
      throw StorageError.refused(reason: "the backup is damaged or not one of ours")
    }
  }

  /// Opening and closing brings what is in the write-ahead log into the file.
  private static func settle(_ path: String) async throws {
    try await Database(.file(path: path)).close()
  }
}
