package import Conversation
package import Storage

/// What Twilio posts to our door.
package enum TwilioInbound {
  package enum Decoded: Sendable, Equatable {
    /// One, or one for each file of a message.
    case inbounds([Inbound])
    case report(DeliveryReport, key: SMSKey?)
    /// Another channel of Twilio's, a short code, or a status that says nothing new; the id of the
    /// message when it is ours.
    case ignored(sid: String?, key: SMSKey?)
  }

  static let mediaMax = 10
  private static let sidBytesMax = 64

  /// - Parameter query: of the address, where a status carries the key we gave the message.
  package static func decode(
    _ form: FormFields, query: FormFields, at now: Timestamp
  ) throws(DecodingFault) -> Decoded {
    do {
      guard let sid = try form.value("MessageSid") ?? form.value("SmsSid"), isSID(sid) else {
        throw DecodingFault.missingFields
      }
      let status = try form.value("MessageStatus") ?? form.value("SmsStatus")
      let body = try form.value("Body")
      if let status, body == nil, status != "received", status != "receiving" {
        let errorCode = try form.value("ErrorCode").flatMap { Int($0) }
        let key = try query.value(TwilioCarrier.keyField).flatMap { Int64($0) }
          .map { SMSKey(number: $0) }
        return report(sid, status, errorCode, key, at: now)
      }
      guard let from = try form.value("From"), let body else { throw DecodingFault.missingFields }
      guard let number = PhoneNumber(from), number.e164 == from else {
        return .ignored(sid: nil, key: nil)
      }
      let contents = try contents(form, body)
      return .inbounds(
        contents.enumerated().map { index, content in
          Inbound(
            channel: .sms, key: "twilio/\(sid)" + (index == 0 ? "" : "/\(index)"),
            sender: .init(
              externalID: number.e164, languageHint: number.isIranian ? "fa" : nil),
            content: content)
        })
    } catch let fault as DecodingFault {
      throw fault
    } catch {
      throw .notJSON
    }
  }

  private static func report(
    _ sid: String, _ status: String, _ errorCode: Int?, _ key: SMSKey?, at now: Timestamp
  ) -> Decoded {
    guard let state = TwilioOutcome.state(status, errorCode: errorCode) else {
      return .ignored(sid: sid, key: key)
    }
    return .report(
      DeliveryReport(channel: .sms, providerID: sid, state: state, at: now), key: key)
  }

  private static func contents(_ form: FormFields, _ body: String) throws -> [Content] {
    // What Twilio's own list of words takes for a stop is one, whatever the words.
    switch try form.value("OptOutType") {
    case "STOP"?: return [.text("STOP")]
    case "START"?: return [.text("START")]
    case _: break
    }
    let count = try form.value("NumMedia").flatMap { Int($0) } ?? 0
    guard count > 0 else { return [SMSContent.text(body)] }
    let hasText = body.contains { !$0.isWhitespace }
    let files: [Content] = try (0..<min(count, mediaMax)).compactMap { index in
      guard let url = try form.value("MediaUrl\(index)"), !url.isEmpty else { return nil }
      let type = try form.value("MediaContentType\(index)") ?? ""
      return .attachment(
        Content.Attachment(
          kind: kind(type), fileID: url, caption: index == 0 && hasText ? body : nil))
    }
    guard !files.isEmpty else { throw DecodingFault.missingFields }
    return files
  }

  private static func kind(_ mediaType: String) -> Content.Attachment.Kind {
    switch mediaType.lowercased().prefix(while: { $0 != "/" }) {
    case "image": .image
    case "audio": .audio
    case "video": .video
    case _: .document
    }
  }

  private static func isSID(_ text: String) -> Bool {
    (1...sidBytesMax).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
      }
  }
}
