import Foundation
import Synchronization
import Transport

/// Has free speech written down by a service: one that speaks OpenAI's language (OpenAI, speaches
/// and their like) or whisper.cpp's own server.
///
/// Which of the two it is need not be set: OpenAI's path is tried first, and where it does not
/// exist, whisper.cpp's; what answered is remembered.
package final class WhisperRecogniser: Recogniser {
  package enum Dialect: String, Sendable, CaseIterable {
    /// `POST /v1/audio/transcriptions`, any usual kind of recording.
    case openAI = "openai"
    /// `POST /inference`, WAVE of 16 kHz and one channel only.
    case whisperCpp = "whisper.cpp"
  }

  private static let answerBytesMax = 4 << 20
  private static let clipBytesMax = 20 << 20

  private let service: SpeechService
  private let model: String
  private let converter: any SoundConverter
  private let known: Mutex<Dialect?>

  /// - Parameters:
  ///   - dialect: nil to find out.
  ///   - converter: makes a WAVE file of what a service would not read.
  package init(
    service: SpeechService, model: String, dialect: Dialect? = nil,
    converter: any SoundConverter
  ) {
    self.service = service
    self.model = model
    self.converter = converter
    known = Mutex(dialect)
  }

  /// Nil as long as it has not been found out.
  package var dialect: Dialect? { known.withLock { $0 } }

  package func transcribe(
    _ clip: VoiceClip, language: String?
  ) async throws(SpeechFault) -> Transcript {
    guard !clip.bytes.isEmpty else { throw .media(.empty) }
    guard clip.bytes.count <= Self.clipBytesMax else { throw .media(.tooLarge) }
    switch dialect {
    case .openAI: return try transcript(in: await askOpenAI(clip, language))
    case .whisperCpp: return try transcript(in: await askWhisperCpp(clip, language))
    case nil: return try await findOut(clip, language)
    }
  }

  private func findOut(
    _ clip: VoiceClip, _ language: String?
  ) async throws(SpeechFault) -> Transcript {
    let first = try await askOpenAI(clip, language)
    if !first.isWrongDoor {
      if first.status == 200 { known.withLock { $0 = .openAI } }
      return try transcript(in: first)
    }
    let second = try await askWhisperCpp(clip, language)
    // Neither door exists: what the usual one said is told, a missing model perhaps.
    if second.isWrongDoor { throw service.refusal(first) }
    if second.status == 200 { known.withLock { $0 = .whisperCpp } }
    return try transcript(in: second)
  }

  private func askOpenAI(
    _ clip: VoiceClip, _ language: String?
  ) async throws(SpeechFault) -> HTTPResponse {
    var fields = [("model", model), ("response_format", answerFormat)]
    if let language { fields.append(("language", language)) }
    if let kind = RecordingKind.of(clip.bytes) {
      return try await ask("/v1/audio/transcriptions", fields, clip.bytes, kind)
    }
    let wave = try await converter.wave(of: clip)
    return try await ask("/v1/audio/transcriptions", fields, wave, .wave)
  }

  private func askWhisperCpp(
    _ clip: VoiceClip, _ language: String?
  ) async throws(SpeechFault) -> HTTPResponse {
    let fields = [
      ("response_format", "verbose_json"), ("temperature", "0.0"),
      ("language", language ?? "auto"),
    ]
    return try await ask("/inference", fields, converter.wave(of: clip), .wave)
  }

  /// OpenAI's newer models know only the short form.
  private var answerFormat: String { model.contains("gpt") ? "json" : "verbose_json" }

  private func ask(
    _ path: String, _ fields: [(String, String)], _ recording: [UInt8], _ kind: RecordingKind
  ) async throws(SpeechFault) -> HTTPResponse {
    var form: MultipartForm
    do { form = try MultipartForm.withRandomBoundary() } catch { throw .unavailable }
    for (name, value) in fields { form.addField(name, value) }
    form.addFile(
      "file", fileName: kind.fileName, contentType: kind.mediaType, bytes: recording)
    let (contentType, body) = form.encoded()
    return try await service.post(
      path, contentType: contentType, body, answerBytesMax: Self.answerBytesMax)
  }

  private func transcript(in response: HTTPResponse) throws(SpeechFault) -> Transcript {
    guard response.status == 200 else { throw service.refusal(response) }
    // Older servers of whisper.cpp say what is wrong with status 200.
    if let words = ServiceError.words(in: response.body) {
      throw .refused(service.quoted(words))
    }
    do {
      return try JSONDecoder().decode(HeardAnswer.self, from: Data(response.body)).transcript
    } catch { throw .refused("an answer that cannot be read") }
  }
}

extension HTTPResponse {
  /// The path does not exist there, or not for this.
  fileprivate var isWrongDoor: Bool { status == 404 || status == 405 }
}
