package import Conversation

extension WhatsAppMedia {
  package func fetch(
    _ attachment: Content.Attachment
  ) async throws(IncomingFileFault) -> [UInt8] {
    let file: File
    do {
      file = try await download(attachment.fileID)
    } catch {
      throw IncomingFileFault(error)
    }
    guard !file.bytes.isEmpty else { throw .gone }
    guard MediaSignature.fits(file.bytes, attachment.kind) else { throw .wrongKind }
    return file.bytes
  }
}

extension IncomingFileFault {
  fileprivate init(_ fault: WhatsAppMedia.Fault) {
    switch fault {
    case .gone: self = .gone
    case .tooLarge: self = .tooLarge
    case .unreadableType, .notWhatItSays: self = .wrongKind
    case .foreignHost, .refused: self = .refused
    // The next try may bring it whole.
    case .damaged, .failing, .unreadableAnswer: self = .unreachable
    case .unreachable(let failure): self.init(failure)
    }
  }
}
