import Conversation
import Transport

/// A file with its words as the Bot API takes it: by its id, or with its bytes in a form.
struct TelegramFileMessage {
  private let media: OutgoingMedia
  private let chatID: Int64
  private let caption: String
  private let keyboard: String?

  init(_ media: OutgoingMedia, _ delivery: Delivery, chatID: Int64, keyboard: String?) {
    self.media = media
    self.chatID = chatID
    self.keyboard = keyboard
    caption = TelegramText.html(
      delivery.text, language: delivery.language, lengthMax: TelegramText.captionLengthMax)
  }

  /// The same as a document, for people who take no voice messages.
  var asDocument: TelegramFileMessage {
    TelegramFileMessage(document: self)
  }

  private init(document other: TelegramFileMessage) {
    media = OutgoingMedia(
      kind: .document, mediaType: other.media.mediaType, fileName: other.media.fileName,
      bytes: other.media.bytes)
    chatID = other.chatID
    caption = other.caption
    keyboard = other.keyboard
  }

  var isVoice: Bool { media.kind == .voice }
  var key: String { TelegramFiles.key(media) }

  var method: String {
    switch media.kind {
    case .document: "sendDocument"
    case .image: "sendPhoto"
    case .voice: "sendVoice"
    }
  }

  func parameters(fileID: String) -> TelegramParameters {
    var parameters = TelegramParameters()
    parameters.add("chat_id", json: "\(chatID)")
    parameters.add(name, json: JSONText.quoted(fileID))
    if !caption.isEmpty {
      parameters.add("caption", json: JSONText.quoted(caption))
      parameters.add("parse_mode", json: "\"HTML\"")
    }
    if let keyboard { parameters.add("reply_markup", json: keyboard) }
    return parameters
  }

  func form() throws(SecureRandom.Unavailable) -> MultipartForm {
    var form = try MultipartForm.withRandomBoundary()
    form.addField("chat_id", "\(chatID)")
    if !caption.isEmpty {
      form.addField("caption", caption)
      form.addField("parse_mode", "HTML")
    }
    if let keyboard { form.addField("reply_markup", keyboard) }
    form.addFile(
      "\(name)", fileName: media.fileName, contentType: media.mediaType, bytes: media.bytes)
    return form
  }

  /// What Telegram calls the file from now on.
  func fileID(in message: JSONElement) -> String? {
    switch media.kind {
    case .document: message["document"]?["file_id"]?.string
    // The sizes of a picture, the largest last.
    case .image: message["photo"]?.items.last?["file_id"]?.string
    case .voice: message["voice"]?["file_id"]?.string
    }
  }

  private var name: StaticString {
    switch media.kind {
    case .document: "document"
    case .image: "photo"
    case .voice: "voice"
    }
  }
}
