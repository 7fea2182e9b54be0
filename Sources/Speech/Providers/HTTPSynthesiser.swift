import Foundation
import Transport

/// Has texts spoken by a service that speaks OpenAI's language: `POST /v1/audio/speech`.
package struct HTTPSynthesiser: Synthesiser {
  /// OpenAI takes no more (2026).
  package static let textLengthMax = 4_096

  /// A quarter of an hour of MP3.
  private static let soundBytesMax = 20 << 20
  /// What speed 1 comes to.
  private static let usualWordsPerMinute = 160.0
  private static let speeds = 0.25...4.0

  private struct Order: Encodable {
    let model: String
    let input: String
    let voice: String
    let responseFormat: String
    let speed: Double

    private enum CodingKeys: String, CodingKey {
      case model, input, voice, speed
      case responseFormat = "response_format"
    }
  }

  private let service: SpeechService
  private let model: String
  private let voiceName: String
  private let converter: any SoundConverter

  /// - Parameter voiceName: speaks where a voice of another engine is asked for.
  package init(
    service: SpeechService, model: String, voiceName: String, converter: any SoundConverter
  ) {
    self.service = service
    self.model = model
    self.voiceName = voiceName
    self.converter = converter
  }

  package func speak(
    _ text: String, with voice: Voice, as format: SpokenFormat
  ) async throws(SpeechFault) -> SpokenAudio {
    guard text.contains(where: { $0.isLetter || $0.isNumber }), text.count <= Self.textLengthMax
    else { throw .textNotSpeakable }
    let response = try await service.post(
      "/v1/audio/speech", contentType: "application/json", try order(text, voice),
      answerBytesMax: Self.soundBytesMax)
    guard response.status == 200 else { throw service.refusal(response) }
    if let words = ServiceError.words(in: response.body) {
      throw .refused(service.quoted(words))
    }
    do throws(SpeechFault) {
      return try await converter.convert(VoiceClip(response.body), to: format)
    } catch {
      // The person sent nothing: it is the service that is to blame.
      if case .media(let problem) = error {
        throw .refused("an answer that is no sound (\(problem.rawValue))")
      }
      throw error
    }
  }

  /// MP3 is what every such service makes, in a tenth of the bytes of WAVE.
  private func order(_ text: String, _ voice: Voice) throws(SpeechFault) -> [UInt8] {
    let speed = Double(voice.wordsPerMinute) / Self.usualWordsPerMinute
    let order = Order(
      model: model, input: text, voice: voice.engine == .provider ? voice.name : voiceName,
      responseFormat: "mp3",
      speed: min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound))
    do { return [UInt8](try JSONEncoder().encode(order)) } catch { throw .textNotSpeakable }
  }
}
