import Storage

/// The jobs table: every change of a job's state, each in a transaction of the caller.
///
///     available → running → done | cancelled | discarded
///         ↑          │ retry, snooze, rescue
///         └──────────┘
enum JobStore {
  static func insert(
    _ request: JobRequest, id: ID<Job>, conversation: ID<ConversationRecord>?,
    frame: Frame.Mark?, now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      INSERT INTO jobs (id, kind, payload, conversation_id, unique_key, state, attempt, due_at,
        late_at, flow, flow_begun_at, created_at, changed_at)
      VALUES (\(id), \(request.kind), \(request.payload), \(conversation), \(request.uniqueKey),
        'available', 0, \(now.adding(milliseconds: request.delayMs)),
        \(request.lateAfterMs.map(now.adding(milliseconds:))), \(frame?.flow.text),
        \(frame?.begunAt), \(now), \(now))
      ON CONFLICT (unique_key) DO NOTHING
      """)
  }

  static func hasten(
    _ uniqueKey: String, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE jobs SET due_at = \(now)
      WHERE unique_key = \(uniqueKey) AND state = 'available' AND due_at > \(now)
      """)
  }

  /// Takes up to `limit` due jobs of the given kinds, each for as long as its kind may run.
  static func claim(
    _ handlers: [JobKind: JobHandler], at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> [Job] {
    let due = try database.all(
      """
      SELECT id, kind FROM jobs WHERE state = 'available' AND due_at <= \(now)
        AND kind IN (\(list: kinds(handlers)))
      ORDER BY due_at, id LIMIT \(limit)
      """)
    return try due.compactMap { row -> Job? in
      let id: ID<Job> = try row.value("id")
      guard let handler = handlers[try row.value("kind")] else { return nil }
      return try database.first(
        """
        UPDATE jobs SET state = 'running', attempt = attempt + 1, changed_at = \(now),
          lease_until = \(now.adding(milliseconds: handler.timeLimitMs))
        WHERE id = \(id) RETURNING id, kind, payload, conversation_id, attempt
        """
      ).map(Job.init)
    }
  }

  /// Work that is under way is available again, whoever is at it.
  static func reopenRunning(at now: Timestamp, in database: Transaction) throws -> Int {
    try database.execute(
      """
      UPDATE jobs SET state = 'available', due_at = \(now), lease_until = NULL,
        changed_at = \(now)
      WHERE state = 'running'
      """)
  }

  /// Work whose worker has died or hangs is available again.
  static func rescue(at now: Timestamp, limit: Int, in database: Transaction) throws -> Int {
    try database.execute(
      """
      UPDATE jobs SET state = 'available', due_at = \(now), lease_until = NULL,
        changed_at = \(now)
      WHERE id IN (SELECT id FROM jobs WHERE state = 'running' AND lease_until <= \(now)
        LIMIT \(limit))
      """)
  }

  /// Where the end of a job is waited for.
  struct Place {
    let conversation: ID<ConversationRecord>?
    let frame: Frame.Mark?
  }

  /// - Returns: nil when this run no longer holds the job: a rescued job's first worker may come
  ///   back late.
  static func heldPlace(of job: Job, in database: Transaction) throws -> Place? {
    let row = try database.first(
      """
      SELECT conversation_id, flow, flow_begun_at FROM jobs
      WHERE id = \(job.id) AND state = 'running' AND attempt = \(job.attempt)
      """)
    guard let row else { return nil }
    let flow: String? = try row.value("flow")
    let begunAt: Int? = try row.value("flow_begun_at")
    return Place(
      conversation: try row.value("conversation_id"),
      frame: flow.map { Frame.Mark(flow: FlowName($0), begunAt: begunAt ?? 0) })
  }

  /// What a flow waits for goes with it to another conversation of the person.
  static func move(
    _ frame: Frame.Mark, from old: ID<ConversationRecord>, to new: ID<ConversationRecord>,
    in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE jobs SET conversation_id = \(new)
      WHERE conversation_id = \(old) AND flow = \(frame.flow.text)
        AND flow_begun_at = \(frame.begunAt) AND state IN ('available', 'running')
      """)
  }

  static func close(
    _ job: Job, state: JobState, fault: String?, at now: Timestamp, in database: Transaction
  ) throws {
    try database.execute(
      """
      UPDATE jobs SET state = \(state), fault = \(fault), lease_until = NULL, late_at = NULL,
        unique_key = NULL, changed_at = \(now)
      WHERE id = \(job.id)
      """)
  }

  /// Back to the queue; `countsAttempt` is false for a snooze.
  static func reopen(
    _ job: Job, dueAt: Timestamp, countsAttempt: Bool, fault: String?, at now: Timestamp,
    in database: Transaction
  ) throws {
    let attempt = countsAttempt ? job.attempt : job.attempt - 1
    try database.execute(
      """
      UPDATE jobs SET state = 'available', attempt = \(attempt), due_at = \(dueAt),
        fault = \(fault), lease_until = NULL, changed_at = \(now)
      WHERE id = \(job.id)
      """)
  }

  /// Conversations whose job takes longer than was promised, each told once.
  static func takeLate(
    at now: Timestamp, limit: Int, in database: Transaction
  ) throws -> [ID<ConversationRecord>] {
    let rows = try database.all(
      """
      UPDATE jobs SET late_at = NULL WHERE id IN (
        SELECT id FROM jobs WHERE late_at IS NOT NULL AND late_at <= \(now) LIMIT \(limit))
      RETURNING conversation_id
      """)
    return try rows.compactMap { try $0.value("conversation_id") }
  }

  /// When a worker should look again; nil when nothing waits for one of these handlers.
  static func nextDueAt(
    _ handlers: [JobKind: JobHandler], in database: Transaction
  ) throws -> Timestamp? {
    let row = try database.first(
      """
      SELECT min(at) AS at FROM (
        SELECT min(due_at) AS at FROM jobs
          WHERE state = 'available' AND kind IN (\(list: kinds(handlers)))
        UNION ALL SELECT min(lease_until) FROM jobs WHERE state = 'running'
        UNION ALL SELECT min(late_at) FROM jobs WHERE late_at IS NOT NULL)
      """)
    return try row?.value("at", as: Timestamp?.self)
  }

  private static func kinds(_ handlers: [JobKind: JobHandler]) -> [JobKind] {
    handlers.keys.sorted { $0.text < $1.text }
  }

  static func isAwaited(
    by conversation: ID<ConversationRecord>, in database: Transaction
  ) throws -> Bool {
    try database.first(
      """
      SELECT 1 FROM jobs
      WHERE conversation_id = \(conversation) AND state IN ('available', 'running') LIMIT 1
      """) != nil
  }

  /// Conversations that wait for a running job, for the typing signal.
  static func awaited(limit: Int, in database: Transaction) throws -> [ID<ConversationRecord>] {
    try database.all(
      """
      SELECT DISTINCT conversation_id FROM jobs
      WHERE state = 'running' AND conversation_id IS NOT NULL LIMIT \(limit)
      """
    ).map { try $0.value("conversation_id") }
  }
}

enum JobState: String, SQLConvertible {
  case available
  case running
  case done
  case cancelled
  case discarded
}

extension Job {
  fileprivate init(_ row: Row) throws {
    id = try row.value("id")
    kind = try row.value("kind")
    payload = try row.value("payload")
    conversation = try row.value("conversation_id")
    attempt = try row.value("attempt")
  }
}
