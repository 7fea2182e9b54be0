/// One request the stand-in received.
package struct BotAPICall: Sendable {
  package enum Treatment: Sendable, Equatable {
    /// Done and answered, or on its way to be.
    case done
    /// Done, but the caller was not told.
    case doneSilently
    /// Not done, and the caller was told why.
    case refused(status: Int)
    /// Not done, and the caller was told nothing.
    case ignored
  }

  /// Counts from 1, in the order of arrival.
  package let number: Int
  package let method: String
  package let parameters: [String: JSONValue]
  package let files: [String: UploadedFile]
  package internal(set) var treatment: Treatment
  /// The id of the message it made.
  package internal(set) var messageID: Int64?

  package var chat: Int64? { parameters["chat_id"]?.integer }
  package var text: String? { parameters["text"]?.string }
}

/// A message as the people in its chat see it now.
package struct BotAPIMessage: Sendable, Equatable {
  package let id: Int64
  package let chat: Int64
  package let method: String
  package var text: String
  package var replyMarkup: JSONValue?
  package var isEdited = false

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "message_id": .integer(id),
      "date": .integer(1_700_000_000 + id),
      "chat": ["id": .integer(chat), "type": chat < 0 ? "group" : "private"],
      "text": .string(text),
    ]
    members["reply_markup"] = replyMarkup
    return .object(members)
  }
}
