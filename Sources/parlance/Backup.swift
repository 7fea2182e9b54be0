import ArgumentParser
import Server
import Storage

struct Backup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copy the whole store to a new file while the server runs.")

  @Argument(help: "The file to write.") var file: String

  func run() async throws {
    let database = try Database(await Launch.settings().database)
    try database.backUp(to: file)
    await database.close()
    print("Copied to \(file).")
  }
}

struct Restore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a backup in the place of the store. The server must be stopped.",
    discussion: "The store that was there is kept beside it, its name ending in .before-restore.")

  @Argument(help: "A file that `parlance backup` wrote.") var file: String

  func run() async throws {
    let settings = try await Launch.settings()
    let lock = try HomeLock.take(home: settings.home)
    defer { lock.release() }
    try await StoreRestore.restore(from: file, to: settings.database)
    print("Restored from \(file).")
  }
}
