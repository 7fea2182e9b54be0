import Conversation
package import Learning
import Storage

/// Content as operators handle it, by the command line or over HTTP: each change is one
/// transaction, and learners get it with their next message. Another process that has the same
/// store open sees it just so, as every step of a lesson looks whether something has changed.
package struct ContentService: Sendable {
  let desk: LessonDesk
  let drafting: LessonDrafting
  let database: Database
  let time: TimeSource
  let queue: WorkQueue
  let wakeWorkers: @Sendable () -> Void
  private let ids = IDSource(seed: .random(in: 0 ... .max))

  init(
    _ drafting: LessonDrafting, _ queue: WorkQueue, wakeWorkers: @escaping @Sendable () -> Void
  ) {
    desk = drafting.desk
    self.drafting = drafting
    database = drafting.database
    time = drafting.time
    self.queue = queue
    self.wakeWorkers = wakeWorkers
  }

  package func list() async throws -> [LessonEntry] {
    try await database.write { [desk] in
      try desk.shelf.follow(in: $0)
      return try desk.list(in: $0)
    }
  }

  /// - Throws: `LessonDeskFault.unknown`.
  package func show(
    _ id: String, version: Int? = nil
  ) async throws -> (entry: LessonEntry, file: LessonFile) {
    try await database.read { [desk] in
      guard let entry = try desk.find(id, in: $0) else { throw LessonDeskFault.unknown(id) }
      return (entry, try desk.file(id, version: version, in: $0))
    }
  }

  /// The newest version of every lesson, as one stream of YAML.
  package func export() async throws -> String {
    try await database.read { [desk] in LessonFile.stream(try desk.files(in: $0)) }
  }

  package func history(_ id: String) async throws -> [LessonEvent] {
    try await database.read { [desk] in try desk.history(id, in: $0) }
  }

  package func statistics(_ id: String, version: Int? = nil) async throws -> LessonStatistics {
    try await database.read { [desk] in try desk.statistics(id, version: version, in: $0) }
  }

  // MARK: Changing

  /// - Throws: `LessonDeskFault`, `StorageError`; the same for all that follow.
  package func save(
    _ yaml: String, as id: String? = nil, from version: Int? = nil, by author: Author
  ) async throws -> LessonEntry {
    try await change {
      try desk.save(yaml, as: id, from: version, by: author, at: $0, in: $1)
    }
  }

  package func take(
    _ stream: String, publishes: Bool, by author: Author
  ) async throws -> [LessonEntry] {
    try await change(isSeen: publishes) {
      try desk.take(stream, publishes: publishes, by: author, at: $0, in: $1)
    }
  }

  package func publish(
    _ id: String, _ version: Int, by author: Author
  ) async throws -> LessonEntry {
    try await change(isSeen: true) {
      try desk.publish(id, version, by: author, at: $0, in: $1)
    }
  }

  package func unpublish(
    _ id: String, _ version: Int, by author: Author
  ) async throws -> LessonEntry {
    try await change(isSeen: true) {
      try desk.unpublish(id, version, by: author, at: $0, in: $1)
    }
  }

  /// - Parameter isSeen: whether learners get something else now: voices are made for what is new,
  ///   and what nobody says any more is swept.
  private func change<Value: Sendable>(
    isSeen: Bool = false, _ body: @escaping @Sendable (Timestamp, Transaction) throws -> Value
  ) async throws -> Value {
    let now = time.now()
    let value = try await database.write { [queue] in
      let value = try body(now, $0)
      if isSeen { try queue.hasten(LessonAudioJob.uniqueKey, at: now, in: $0) }
      return value
    }
    wakeWorkers()
    return value
  }

  // MARK: Drafts

  /// Has a draft written and waits for it.
  ///
  /// - Throws: `DraftFault`, `LessonDeskFault`, `StorageError`.
  package func draft(_ order: LessonOrder, by author: Author) async throws -> LessonEntry {
    try await drafting.write(order, by: author)
  }

  /// Has a draft written by a job.
  ///
  /// - Returns: the name under which to ask what has become of it.
  /// - Throws: `DraftFault`, `StorageError`.
  package func startDraft(_ order: LessonOrder, by author: Author) async throws -> String {
    guard drafting.model != nil else { throw DraftFault.noModel }
    if let problem = order.problem { throw DraftFault.badOrder(problem) }
    let id: ID<DraftStore.Draft> = ids.next(time.now())
    try await change { [queue] now, database in
      try DraftStore.add(id.text, order, by: author, at: now, in: database)
      try queue.enqueue(try LessonDrafting.request(id.text), at: now, in: database)
    }
    return id.text
  }

  /// Nil when there is none of that name.
  package func draft(_ id: String) async throws -> DraftStore.Draft? {
    try await database.read { try DraftStore.find(id, in: $0) }
  }
}
