import Foundation
import Storage

/// The store of the program under test, as seen from outside.
struct CrashStore: Sendable {
  private static let fileName = "parlance.sqlite"
  /// What a crash leaves behind that belongs to the data.
  private static let suffixes = ["", "-wal"]

  let home: URL
  let scratch: URL

  /// What a dead process left.
  struct Remains: Sendable {
    /// `ok`, or what is wrong; nil when it died before there was a store.
    var integrity: String?
    var inFlight: Set<CrashSnapshot.Flight> = []
  }

  func remains() async throws -> Remains {
    try await withCopy { copy in
      try await copy.read { transaction in
        var remains = Remains()
        remains.integrity = try transaction.all("PRAGMA integrity_check")
          .map { try $0.value("integrity_check", as: String.self) }.joined(separator: "; ")
        guard try Self.hasDeliveries(transaction) else { return remains }
        let rows = try transaction.all(
          """
          SELECT conversation_id, position FROM deliveries
          WHERE state = 'sending' AND kind = 'message'
          """)
        remains.inFlight = Set(
          try rows.map {
            CrashSnapshot.Flight(
              conversation: try $0.value("conversation_id"), position: try $0.value("position"))
          })
        return remains
      }
    } ?? Remains()
  }

  func snapshot() async throws -> CrashSnapshot {
    try await withCopy { try await $0.read(CrashSnapshot.read) } ?? CrashSnapshot()
  }

  /// How many deliveries are not settled yet, asked of the running program's own file.
  func unsettledCount() async throws -> Int {
    let database = try Database(.file(path: home.appendingPathComponent(Self.fileName).path))
    let count = try await database.read { transaction in
      try transaction.first(
        "SELECT count(*) AS count FROM deliveries WHERE state IN ('pending', 'sending')"
      )?.value("count", as: Int.self)
    }
    await database.close()
    return count ?? 0
  }

  private static func hasDeliveries(_ transaction: Transaction) throws -> Bool {
    try transaction.first("SELECT name FROM sqlite_master WHERE name = 'deliveries'") != nil
  }

  private func withCopy<Value: Sendable>(
    _ body: (Database) async throws -> Value
  ) async throws -> Value? {
    let files = FileManager.default
    let original = home.appendingPathComponent(Self.fileName).path
    guard files.fileExists(atPath: original) else { return nil }
    try files.createDirectory(at: scratch, withIntermediateDirectories: true)
    let copy = scratch.appendingPathComponent(Self.fileName).path
    for suffix in Self.suffixes where files.fileExists(atPath: original + suffix) {
      try files.copyItem(atPath: original + suffix, toPath: copy + suffix)
    }
    let database = try Database(.file(path: copy))
    let value = try await body(database)
    await database.close()
    try files.removeItem(at: scratch)
    return value
  }
}
