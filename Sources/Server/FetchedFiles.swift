import Channels
import Conversation
import Storage

/// What people sent, from wherever each channel keeps it.
struct FetchedFiles: IncomingFiles {
  /// Nil where the channel is not set up.
  let telegram: TelegramDownloads?
  let whatsApp: WhatsAppMedia?
  let twilio: TwilioMedia?
  let database: Database
  let time: TimeSource
  var deadlineMs = IncomingFile.deadlineMs

  func fetch(
    _ attachment: Content.Attachment, on channel: Channel
  ) async throws(IncomingFileFault) -> [UInt8] {
    let result = await withTaskGroup(of: Result<[UInt8], IncomingFileFault>?.self) { group in
      group.addTask {
        do throws(IncomingFileFault) {
          return .success(try await find(attachment, channel))
        } catch {
          return .failure(error)
        }
      }
      group.addTask {
        do { try await Task.sleep(for: .milliseconds(deadlineMs)) } catch { return nil }
        return .failure(.unreachable)
      }
      defer { group.cancelAll() }
      for await result in group {
        if let result { return result }
      }
      return .failure(.unreachable)
    }
    return try result.get()
  }

  private func find(
    _ attachment: Content.Attachment, _ channel: Channel
  ) async throws(IncomingFileFault) -> [UInt8] {
    switch channel {
    case .telegram:
      guard let telegram else { throw .refused }
      return try await telegram.fetch(attachment)
    case .whatsapp:
      guard let whatsApp else { throw .refused }
      return try await whatsApp.fetch(attachment)
    case .sms:
      guard let twilio else { throw .refused }
      return try await twilio.fetch(attachment)
    case .webchat: return try await stored(attachment)
    case .terminal: throw .gone
    }
  }

  private func stored(
    _ attachment: Content.Attachment
  ) async throws(IncomingFileFault) -> [UInt8] {
    let now = time.now()
    let file: ReceivedFile?
    do {
      file = try await database.read {
        try ReceivedFiles.load(attachment.fileID, at: now, in: $0)
      }
    } catch {
      throw .unreachable
    }
    guard let file else { throw .gone }
    return file.bytes
  }
}
