import Conversation
import Transport

/// Sends files: by the id of an earlier upload where there is one.
struct TelegramSending: Sendable {
  let client: TelegramClient
  let files: TelegramFiles

  func send(_ message: TelegramFileMessage) async -> TelegramAnswer {
    let answer = await sendOnce(message)
    if message.isVoice, case .refused(let refusal) = answer, refusal.cause == .voiceForbidden {
      return await sendOnce(message.asDocument)
    }
    return answer
  }

  private func sendOnce(_ message: TelegramFileMessage) async -> TelegramAnswer {
    if let fileID = files.id(of: message.key) {
      let answer = await client.call(message.method, message.parameters(fileID: fileID))
      guard case .refused(let refusal) = answer, refusal.meansLostFile else { return answer }
      files.forget(message.key)
    }
    return await upload(message)
  }

  private func upload(_ message: TelegramFileMessage) async -> TelegramAnswer {
    let form: MultipartForm
    do {
      form = try message.form()
    } catch {
      return .unanswered(.invalidRequest(.body))
    }
    let answer = await client.upload(message.method, form)
    if case .accepted(let sent) = answer, let fileID = message.fileID(in: sent) {
      files.keep(fileID, of: message.key)
    }
    return answer
  }
}
