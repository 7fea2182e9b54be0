package import Storage

/// Spoken texts, each kept once. Only our own texts belong here, never what a person wrote or said:
/// nothing in it is anybody's.
package struct SpeechCache: Sendable {
  package struct Limits: Sendable, Equatable {
    package var bytesMax = 512 << 20
    /// A text that nobody has heard for so long is spoken anew when it is needed.
    package var unusedMsMax: Int64 = 90 * 86_400_000

    package init() {}
  }

  package static let migrations = [
    Migration(
      "speech-1",
      [
        .table(
          """
          CREATE TABLE spoken_audio (
            key TEXT PRIMARY KEY, format TEXT NOT NULL, duration_ms INTEGER NOT NULL,
            byte_count INTEGER NOT NULL, made_at INTEGER NOT NULL, used_at INTEGER NOT NULL,
            bytes BLOB NOT NULL)
          """),
        .statement("CREATE INDEX spoken_audio_by_use ON spoken_audio (used_at, byte_count)"),
      ])
  ]

  /// One text; a longer one costs more to keep than to speak.
  package static let audioBytesMax = 4 << 20
  /// Use is noted once a day: hearing a text is not worth a write each time.
  static let useMs: Int64 = 86_400_000

  private let database: Database
  private let limits: Limits

  package init(_ database: Database, limits: Limits = Limits()) {
    self.database = database
    self.limits = limits
  }

  package func audio(of text: SpokenText, at now: Timestamp) async throws -> SpokenAudio? {
    let key = text.key
    let row = try await database.read { transaction in
      try transaction.first(
        "SELECT format, duration_ms, used_at, bytes FROM spoken_audio WHERE key = \(key)")
    }
    guard let row else { return nil }
    let usedAt: Timestamp = try row.value("used_at")
    if now >= usedAt.adding(milliseconds: Self.useMs) {
      _ = try await database.write { transaction in
        try transaction.execute("UPDATE spoken_audio SET used_at = \(now) WHERE key = \(key)")
      }
    }
    return SpokenAudio(
      bytes: try row.value("bytes"), format: try row.value("format"),
      durationMs: try row.value("duration_ms"))
  }

  /// The same within a transaction that is under way; its use is not noted.
  package static func audio(
    of text: SpokenText, in database: Transaction
  ) throws -> SpokenAudio? {
    try database.first(
      "SELECT format, duration_ms, bytes FROM spoken_audio WHERE key = \(text.key)"
    ).map { row in
      SpokenAudio(
        bytes: try row.value("bytes"), format: try row.value("format"),
        durationMs: try row.value("duration_ms"))
    }
  }

  package func keep(
    _ audio: SpokenAudio, of text: SpokenText, at now: Timestamp
  ) async throws {
    guard audio.bytes.count <= Self.audioBytesMax else { return }
    let key = text.key
    _ = try await database.write { transaction in
      try transaction.execute(
        """
        INSERT INTO spoken_audio (key, format, duration_ms, byte_count, made_at, used_at, bytes)
        VALUES (\(key), \(audio.format), \(audio.durationMs), \(audio.bytes.count), \(now),
          \(now), \(audio.bytes))
        ON CONFLICT (key) DO UPDATE SET used_at = excluded.used_at
        """)
    }
  }

  /// Drops what has not been used for long, and of the rest what goes over the limit, the longest
  /// unused first; so many at a time.
  ///
  /// - Returns: how many were dropped.
  package static func prune(
    at now: Timestamp, limits: Limits = Limits(), limit: Int, in database: Transaction
  ) throws -> Int {
    let unusedSince = now.adding(milliseconds: -limits.unusedMsMax)
    let old = try database.execute(
      """
      DELETE FROM spoken_audio WHERE key IN (
        SELECT key FROM spoken_audio WHERE used_at < \(unusedSince) ORDER BY used_at
        LIMIT \(limit))
      """)
    guard old < limit else { return old }
    return old
      + (try database.execute(
        """
        DELETE FROM spoken_audio WHERE key IN (
          SELECT key FROM (
            SELECT key, used_at,
              SUM(byte_count) OVER (ORDER BY used_at DESC, key DESC) AS bytes_so_far
            FROM spoken_audio)
          WHERE bytes_so_far > \(limits.bytesMax) ORDER BY used_at, key LIMIT \(limit - old))
        """))
  }

  /// All that `limits` asks for, in steps so small that turns are not held up.
  package func prune(at now: Timestamp, rowsPerStep: Int = 100) async throws {
    let limits = limits
    var count = rowsPerStep
    while count == rowsPerStep {
      count = try await database.write {
        try Self.prune(at: now, limits: limits, limit: rowsPerStep, in: $0)
      }
    }
  }
}
