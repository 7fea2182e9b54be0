package import Storage

/// Addresses of files for channels that cannot carry them. Who knows one may fetch the file, for
/// some days.
package struct MediaLinks: Sendable {
  /// Where the server hands files out; the token follows.
  package static let path = "/media/"
  package static let lifeMs: Int64 = 7 * 86_400_000
  /// 128 bits: short enough for an SMS and too many to guess.
  package static let tokenLength = 32

  private let publicURL: String
  private let seal: @Sendable (String) -> String

  /// - Parameters:
  ///   - publicURL: without a slash at the end.
  ///   - seal: makes of a text at least `tokenLength` hexadecimal digits that only we can make.
  package init(publicURL: String, seal: @escaping @Sendable (String) -> String) {
    self.publicURL = publicURL
    self.seal = seal
  }

  /// The address of a file for one message.
  func add(
    _ media: ID<OutgoingMedia>, to conversation: ID<ConversationRecord>, position: Int,
    at now: Timestamp, in database: Transaction
  ) throws -> String {
    let token = String(seal("\(media) \(conversation) \(position)").prefix(Self.tokenLength))
    precondition(token.utf8.count == Self.tokenLength, "the seal is too short to be a secret")
    try database.execute(
      """
      INSERT INTO media_links (token, media_id, conversation_id, expires_at)
      VALUES (\(token), \(media), \(conversation), \(now.adding(milliseconds: Self.lifeMs)))
      ON CONFLICT (token) DO UPDATE SET expires_at = excluded.expires_at
      """)
    return publicURL + Self.path + token
  }

  /// - Returns: nil when the token is wrong or too old.
  package static func open(
    _ token: String, at now: Timestamp, in database: Transaction
  ) throws -> OutgoingMedia? {
    let id: ID<OutgoingMedia>? = try database.first(
      """
      SELECT media_id FROM media_links WHERE token = \(token) AND expires_at > \(now)
      """)?.value("media_id")
    return try id.flatMap { try MediaStore.load($0, in: database) }
  }
}
