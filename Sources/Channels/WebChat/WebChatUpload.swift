package import Conversation

/// What the page sends with a file: a form of `id`, `file`, and perhaps `text` and `seconds`.
package struct WebChatUpload: Sendable, Equatable {
  package enum Fault: Error, Equatable, Sendable {
    case notAForm
    case missingFields
    case tooLarge
    /// A kind nobody here reads, or not what it says it is.
    case unsupportedType
  }

  /// What surrounds the file in a form.
  package static let bodyBytesMax = IncomingFile.bytesMax + (32 << 10)
  private static let secondsMax = 3_600
  private static let otherNames = [
    "application/ogg": "audio/ogg", "audio/m4a": "audio/mp4", "audio/mp3": "audio/mpeg",
    "audio/opus": "audio/ogg", "audio/vnd.wave": "audio/wav", "audio/wave": "audio/wav",
    "audio/x-m4a": "audio/mp4", "audio/x-wav": "audio/wav", "image/jpg": "image/jpeg",
    // What a browser may say of a recording without pictures.
    "video/mp4": "audio/mp4", "video/ogg": "audio/ogg", "video/webm": "audio/webm",
  ]
  private static let types = [
    "image/jpeg", "image/png", "image/webp", "audio/webm", "audio/ogg", "audio/mp4", "audio/wav",
    "audio/mpeg", "audio/aac",
  ]
  private static let untold: Set<String> = ["", "application/octet-stream"]

  package let inbound: Inbound
  package let file: ReceivedFile

  /// What the webhook log shows in place of the body.
  package var logged: String {
    "{\"file\":{\"type\":\(JSONText.quoted(file.mediaType)),\"bytes\":\(file.bytes.count)}}"
  }

  /// - Parameters:
  ///   - contentType: of the request, with the boundary.
  ///   - chatID: one that `WebChat.isChatID` has found good.
  package static func decode(
    _ bytes: [UInt8], contentType: String, chatID: String, languageHint: String? = nil
  ) throws(Fault) -> WebChatUpload {
    let form: MultipartBody
    do {
      form = try MultipartBody(bytes, contentType: contentType)
    } catch {
      throw .notAForm
    }
    guard let id = form.part("id")?.text, WebChatMessage.isID(id), let part = form.part("file"),
      !part.bytes.isEmpty
    else { throw .missingFields }
    guard part.bytes.count <= IncomingFile.bytesMax else { throw .tooLarge }
    let caption = try caption(in: form)
    let seconds = try seconds(in: form)
    let type = try mediaType(of: part)
    let key = WebChatMessage.key(chatID: chatID, id: id)
    let attachment = Content.Attachment(
      kind: type.hasPrefix("image/") ? .image : .voice, fileID: key, caption: caption,
      durationSeconds: seconds)
    return WebChatUpload(
      inbound: Inbound(
        channel: .webchat, key: key,
        sender: Inbound.Sender(externalID: chatID, languageHint: languageHint),
        content: .attachment(attachment)),
      file: ReceivedFile(mediaType: type, bytes: part.bytes))
  }

  private static func caption(in form: MultipartBody) throws(Fault) -> String? {
    guard form.parts.contains(where: { $0.name == "text" }) else { return nil }
    guard let text = form.part("text")?.text, text.utf16.count <= Engine.textLengthMax else {
      throw .missingFields
    }
    return text.contains { !$0.isWhitespace } ? text : nil
  }

  private static func seconds(in form: MultipartBody) throws(Fault) -> Int? {
    guard form.parts.contains(where: { $0.name == "seconds" }) else { return nil }
    guard let seconds = form.part("seconds")?.text.flatMap({ Int($0) }),
      (0...secondsMax).contains(seconds)
    else { throw .missingFields }
    return seconds
  }

  /// By its first bytes; what is told has to fit, where something is told.
  private static func mediaType(of part: MultipartBody.Part) throws(Fault) -> String {
    let told = part.contentType ?? ""
    let candidates = untold.contains(told) ? types : [otherNames[told] ?? told]
    guard
      let type = candidates.first(where: {
        types.contains($0) && MediaSignature.fits(part.bytes, $0)
      })
    else { throw .unsupportedType }
    return type
  }
}
