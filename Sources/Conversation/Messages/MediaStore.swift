package import Storage
import Transport

/// The files that messages carry: each content once, however many it goes to, and for a time only.
package enum MediaStore {
  static let tables: Set<String> = ["media", "media_links"]
  /// How long a file can be sent and shown unless its message says otherwise.
  package static let lifeMsDefault: Int64 = 30 * 86_400_000
  /// A file that nothing refers to is left alone for this long, as something may be about to.
  static let unreferencedLifeMs: Int64 = 3_600_000

  /// What a list of messages shows of a file.
  package struct Label: Sendable, Equatable {
    package let kind: OutgoingMedia.Kind
    package let fileName: String

    package init(kind: OutgoingMedia.Kind, fileName: String) {
      self.kind = kind
      self.fileName = fileName
    }
  }

  /// Keeps a file for a message of this transaction, or of one that follows within the hour.
  package static func keep(
    _ media: OutgoingMedia, at now: Timestamp, lifeMs: Int64 = lifeMsDefault,
    in database: Transaction
  ) throws -> ID<OutgoingMedia> {
    guard media.fits else { throw FlowError.fileTooLarge }
    let id = id(of: media)
    let expiresAt = now.adding(milliseconds: lifeMs)
    let known = try database.execute(
      """
      UPDATE media SET kept_at = \(now), expires_at = max(expires_at, \(expiresAt))
      WHERE id = \(id)
      """)
    guard known == 0 else { return id }
    try database.execute(
      """
      INSERT INTO media (id, kind, media_type, file_name, kept_at, expires_at, bytes)
      VALUES (\(id), \(media.kind), \(media.mediaType), \(media.fileName), \(now),
        \(expiresAt), \(media.bytes))
      """)
    return id
  }

  /// - Returns: nil when it is no longer kept.
  package static func load(
    _ id: ID<OutgoingMedia>, in database: Transaction
  ) throws -> OutgoingMedia? {
    try database.first(
      "SELECT kind, media_type, file_name, bytes FROM media WHERE id = \(id)"
    ).map(OutgoingMedia.init)
  }

  /// The file of one message of a conversation.
  package static func load(
    of conversation: ID<ConversationRecord>, position: Int, in database: Transaction
  ) throws -> OutgoingMedia? {
    try database.first(
      """
      SELECT f.kind, f.media_type, f.file_name, f.bytes
      FROM messages m JOIN media f ON f.id = m.media_id
      WHERE m.conversation_id = \(conversation) AND m.position = \(position)
      """
    ).map(OutgoingMedia.init)
  }

  package static func label(
    of id: ID<OutgoingMedia>, in database: Transaction
  ) throws -> Label? {
    try database.first("SELECT kind, file_name FROM media WHERE id = \(id)").map {
      Label(kind: try $0.value("kind"), fileName: try $0.value("file_name"))
    }
  }

  /// Forgets files whose time is over, and those that nothing refers to any more.
  ///
  /// - Returns: how many, at most `limit`.
  package static func prune(at now: Timestamp, limit: Int, in database: Transaction) throws -> Int {
    let links = try database.execute(
      """
      DELETE FROM media_links WHERE token IN (
        SELECT token FROM media_links WHERE expires_at <= \(now) LIMIT \(limit))
      """)
    let unreferencedSince = now.adding(milliseconds: -unreferencedLifeMs)
    let files = try database.execute(
      """
      DELETE FROM media WHERE id IN (
        SELECT id FROM media WHERE expires_at <= \(now)
          OR (kept_at <= \(unreferencedSince) AND \(sql: isUnreferenced))
        LIMIT \(limit))
      """)
    return max(links, files)
  }

  /// Forgets those of these files that nothing refers to any more.
  static func forget(_ ids: Set<ID<OutgoingMedia>>, in database: Transaction) throws {
    guard !ids.isEmpty else { return }
    try database.execute(
      """
      DELETE FROM media WHERE id IN (\(list: ids.sorted { $0.text < $1.text }))
        AND \(sql: isUnreferenced)
      """)
  }

  private static let isUnreferenced: SQL = """
    NOT EXISTS (SELECT 1 FROM messages m WHERE m.media_id = media.id)
      AND NOT EXISTS (SELECT 1 FROM media_links l WHERE l.media_id = media.id)
    """

  /// By all that makes a file what people see: another name is another file.
  private static func id(of media: OutgoingMedia) -> ID<OutgoingMedia> {
    var content = Array("\(media.kind.rawValue)\0\(media.mediaType)\0\(media.fileName)\0".utf8)
    content += media.bytes
    return ID(Hex.text(of: SHA256.digest(content)))
  }
}

extension OutgoingMedia {
  fileprivate init(_ row: Row) throws {
    kind = try row.value("kind")
    mediaType = try row.value("media_type")
    fileName = try row.value("file_name")
    bytes = try row.value("bytes")
  }
}
