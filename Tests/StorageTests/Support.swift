import Dispatch
import Foundation
import Storage

/// A gate that keeps a write, and so everything behind it, until it is opened.
final class Gate: Sendable {
  private let entered = DispatchSemaphore(value: 0)
  private let opened = DispatchSemaphore(value: 0)

  /// Called in the write; runs on the database's own thread, never on the cooperative pool.
  func hold() {
    entered.signal()
    opened.wait()
  }

  func open() { opened.signal() }

  /// Returns once the write is held.
  func isReached() async {
    await withCheckedContinuation { continuation in
      DispatchQueue.global().async {
        self.entered.wait()
        continuation.resume()
      }
    }
  }
}

/// A folder that is gone when the test is over.
final class Folder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("storage-tests-\(ProcessInfo.processInfo.globallyUniqueString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    do { try FileManager.default.removeItem(at: url) } catch { print("left behind: \(url.path)") }
  }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

enum Notes {
  static let migration = Migration(
    "notes-1",
    [
      .table(
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, weight INTEGER)"),
      .table(
        """
        CREATE TABLE remarks (id INTEGER PRIMARY KEY,
          note_id INTEGER NOT NULL REFERENCES notes (id))
        """),
    ])

  static func add(_ text: String, in transaction: Transaction) throws {
    try transaction.execute("INSERT INTO notes (text) VALUES (\(text))")
  }

  static func all(in transaction: Transaction) throws -> [String] {
    try transaction.all("SELECT text FROM notes ORDER BY id").map { try $0.value("text") }
  }

  static func database(_ location: Location = .memory) throws -> Database {
    let database = try Database(location)
    try database.migrate([migration])
    return database
  }
}

struct Refusal: Error, Equatable {}
