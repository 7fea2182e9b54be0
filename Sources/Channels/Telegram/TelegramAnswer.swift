import Transport

/// How a call of the Bot API ended.
enum TelegramAnswer: Sendable {
  case accepted(JSONElement)
  case refused(TelegramRefusal)
  /// Something answered that does not speak the Bot API: a proxy, a login page.
  case unreadable(status: Int)
  case unanswered(HTTPFailure)

  /// An answer may hold a hundred updates, two levels down.
  private static let depthMax = JSONDocument.depthMax + 2

  init(_ response: HTTPResponse) {
    do {
      let answer = try JSONDocument(response.body, depthMax: Self.depthMax).root
      switch answer["ok"]?.bool {
      case true?:
        if let result = answer["result"] {
          self = .accepted(result)
        } else {
          self = .unreadable(status: response.status)
        }
      case false?: self = .refused(TelegramRefusal(answer, status: response.status))
      case nil: self = .unreadable(status: response.status)
      }
    } catch {
      self = .unreadable(status: response.status)
    }
  }
}

/// Why the Bot API said no.
struct TelegramRefusal: Sendable, Equatable {
  /// Where a refusal to wait does not say how long.
  static let retryAfterMsDefault: Int64 = 5_000
  static let retryAfterMsMax: Int64 = 86_400_000

  /// What we know how to tell apart. The words are not part of any contract, and what they quote
  /// may be a person's: nothing else of a description is kept.
  enum Cause: String, CaseIterable, Sendable {
    case fileTooBig = "file is too big"
    case fileUnavailable = "file is temporarily unavailable"
    case wrongFile = "wrong file identifier"
    case wrongFileID = "invalid file_id"
    case wrongRemoteFile = "wrong remote file i"
    case otherFileType = "type of file mismatch"
    case voiceForbidden = "voice_messages_forbidden"
    case notModified = "message is not modified"
    case queryTooOld = "query is too old"
    case chatNotFound = "chat not found"
    case editNotFound = "message to edit not found"
    case notEditable = "message can't be edited"
    case emptyText = "message text is empty"
    case tooLong = "message is too long"
    case badEntities = "can't parse entities"
    case badButton = "button_data_invalid"
    case upgraded = "group chat was upgraded to a supergroup chat"
    case blocked = "bot was blocked by the user"
    case deactivated = "user is deactivated"
    case notStarted = "bot can't initiate conversation with a user"
    case conflictingPoller = "terminated by other getupdates request"
    case conflictingWebhook = "webhook is active"
  }

  /// Telegram no longer knows a file by the id it gave.
  var meansLostFile: Bool {
    switch cause {
    case .wrongFile, .wrongFileID, .wrongRemoteFile, .otherFileType: true
    case .notModified, .queryTooOld, .chatNotFound, .editNotFound, .notEditable, .emptyText,
      .tooLong, .badEntities, .badButton, .upgraded, .blocked, .deactivated, .notStarted,
      .conflictingPoller, .conflictingWebhook, .voiceForbidden, .fileTooBig, .fileUnavailable,
      nil:
      false
    }
  }

  let code: Int
  let cause: Cause?
  let retryAfterMs: Int64
  let migratedTo: Int64?

  init(_ answer: JSONElement, status: Int) {
    code = answer["error_code"]?.integer.flatMap(Int.init(exactly:)) ?? status
    let description = answer["description"]?.string?.lowercased() ?? ""
    cause = Cause.allCases.first { description.contains($0.rawValue) }
    let seconds = answer["parameters"]?["retry_after"]?.integer
    retryAfterMs = min(
      Self.retryAfterMsMax,
      seconds.map { max(1, min($0, Self.retryAfterMsMax)) * 1_000 } ?? Self.retryAfterMsDefault)
    migratedTo = answer["parameters"]?["migrate_to_chat_id"]?.integer
  }

  /// For logs and the console.
  var reason: String { cause.map { "\(code) \($0.rawValue)" } ?? "\(code)" }
}
